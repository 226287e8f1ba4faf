import { accountRegisters, flowRegisters, workRegisters } from './area-registers.ts'
import { leadsNow } from './dialler/leads.ts'
import { listAt } from './dialler/outbound.ts'
import { agentAt } from './people/agents.ts'
import { queueAt } from './people/queues.ts'
import { MANAGERS, userAt } from './people/users.ts'
import { SCHEDULES, scheduleAt } from './tasks/schedules.ts'
import { taskAt, tasksIn } from './tasks/tasks.ts'
import type { Registers } from './view.ts'

/** Every register by its stream's name. A new simple stream is one line here and one route. */
export const registers: Registers = {
  agents: { size: facts => facts.sizes.agents, make: agentAt },
  queues: { size: facts => facts.sizes.queues, make: queueAt },
  users: { size: facts => facts.sizes.agents + MANAGERS, make: userAt },
  tasks: { size: tasksIn, make: taskAt },
  task_schedules: { size: () => SCHEDULES, make: scheduleAt },
  outbound_lists: {
    size: facts => facts.sizes.lists,
    make: (facts, index, world) => listAt(facts, index, leadsNow(world, index)),
  },
  ...flowRegisters,
  ...workRegisters,
  ...accountRegisters,
}
