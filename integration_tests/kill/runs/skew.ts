/** Loaded before the program (--import): its clock is ahead by SKEW_MS. */
const aheadMs = Number(process.env['SKEW_MS'] ?? 0)
const now = Date.now
Date.now = () => now() + aheadMs
