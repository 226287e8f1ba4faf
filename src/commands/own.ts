import { showAbout } from './about.ts'
import type { Arguments } from './arguments/arguments.ts'
import type { ProtocolArguments } from './arguments/protocol-commands.ts'
import { showPlan } from './plan.ts'
import type { Terminal } from './runtime/terminal.ts'
import { showSample } from './sample.ts'
import { signIn } from './sign-in.ts'
import { showMergedState } from './state-merge.ts'
import { surveyAccount } from './survey.ts'
import { syncCommand } from './sync.ts'

/** The commands that people run at a terminal, beyond those of the protocol. Resolves to the exit code. */
export async function runOwn(
  parsed: Exclude<Arguments, ProtocolArguments>,
  terminal: Terminal,
): Promise<number> {
  switch (parsed.command) {
    case 'sample':
      return showSample(parsed.options, terminal)
    case 'survey':
      return surveyAccount(parsed.options, terminal)
    case 'about':
      return showAbout(parsed, terminal)
    case 'sync':
      return syncCommand(parsed.options, terminal)
    case 'sign-in':
      return signIn(parsed.options, terminal)
    case 'plan':
      return showPlan(parsed.options, terminal)
    case 'state merge':
      return showMergedState(parsed.files, terminal)
  }
}
