import { type ConnectorError, systemError, transientError } from '../../errors.ts'

/** What a part of a stream is said to hold, and gave in several readings of it. */
interface Counts {
  readonly came: number
  readonly claimed: number
}

/** An error about a part that came short, whose end was seen: its count may be wrong, so that it is believed later. */
export function tooFew(stream: string, counts: Counts): ConnectorError {
  return transientError(
    `${notWhole(stream, counts)} That part stays open, and the next sync reads it again. If nothing has changed an hour from ` +
      'now, it is taken for all there is.',
  )
}

/** An error about a part that came short, and whose last page was full. */
export function endUnseen(stream: string, counts: Counts): ConnectorError {
  return transientError(
    `${notWhole(stream, counts)} Its last page is full, so that its end was not seen. That part stays open, and the next sync ` +
      'reads it again.',
  )
}

/** An error about such a part that is found so for an hour: it is never believed, since more may be there. */
export function brokenOff(stream: string, counts: Counts): ConnectorError {
  return systemError(
    `${notWhole(stream, counts)} Its last page is full, as it was at least an hour ago: the API breaks this list off. That ` +
      'part stays open. Ask Babelforce how the rest can be read, or leave the stream out.',
  )
}

/** A warning about a part that is believed. `before` is how many records came when it was first found short. */
export function foundAgain(
  stream: string,
  { before, now: { came, claimed }, again }: { before: number; now: Counts; again: string },
): string {
  return (
    `${stream}: the API counts ${claimed} records in one part, and gave ${howAgain(before, came, again)}. They are taken for all ` +
    'there are; its counts are trusted less from now on.'
  )
}

function howAgain(before: number, came: number, again: string): string {
  if (again === 'count grows') return `${came}, and its count grows while no record comes`
  return came === before
    ? `the same ${came} in readings at least an hour apart`
    : `${came}, as many too few as at least an hour ago`
}

function notWhole(stream: string, { came, claimed }: Counts): string {
  return `Stream ${stream} is not whole: in one part the API counts ${claimed} records and gave ${came} in two readings of it.`
}
