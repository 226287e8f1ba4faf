import { daysAgo, type Facts } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import { between, chance, draws } from '../ground/random.ts'
import type { Row } from '../ground/rows.ts'
import { DAY_MS, isoTime } from '../ground/time.ts'
import { numberAt, routingsTo } from './numbers.ts'

interface Module {
  readonly module: string
  readonly name: string
  readonly settings: (facts: Facts, index: number) => Row
}

const prompt = { key: 'greeting', enabled: true, startDelay: 200, endPause: 0 }
const voice = { language: 'de-DE', voice: 'Katja' }

/** The kinds of applications in the order of their numbers. The vendor does not document the last one. */
const modules: readonly Module[] = [
  { module: 'agentQueue', name: 'Agent', settings: () => ({ ring: true, bridgeDelay: 250 }) },
  {
    module: 'agentic',
    name: 'Voicebot',
    settings: () => ({
      speechToText: { timeout: 5, provider: 'google', language: 'de-DE' },
      maxDuration: 600,
      maxIterations: 12.5,
      providerSettings: { providerName: 'ultimate', botId: 'bot-1', metadata: [{ key: 'team', value: 'β' }] },
    }),
  },
  {
    module: 'audioPlayer',
    name: 'Ansage Öffnungszeiten',
    settings: (facts, index) => ({
      prompts: [{ ...prompt, id: idOf(facts.seed, 'prompts', 0) }],
      routes: [{ trigger: triggerOf(facts, index), application: applicationOf(facts, 3), priority: 0 }],
    }),
  },
  { module: 'consumerQueue', name: 'File d’attente', settings: queueSettings },
  { module: 'inputReader', name: 'Kundennummer', settings: () => ({ resultVariableName: 'crm.id', max: 8 }) },
  {
    module: 'inputReader.v2',
    name: 'Kundennummer 2',
    settings: () => ({
      resultVariableName: 'crm.id',
      dtmf: { enabled: true, termination: 'HASH' },
      numeric: { min: 4, max: 8 },
      timeouts: { initial: 8, continious: 3 },
    }),
  },
  { module: 'promptPlayer', name: 'Prompt', settings: () => ({ language: 'fr', gender: 'female' }) },
  {
    module: 'recording',
    name: 'Voicemail',
    settings: () => ({ beep: true, maxDuration: 120, tags: ['vm'] }),
  },
  {
    module: 'simpleMenu',
    name: 'Hauptmenü',
    settings: facts => ({
      resultVariableName: 'menu.choice',
      readTimeout: 5,
      maxRetries: 3,
      menuItems: ['KEY_1', 'KEY_2'].map((key, at) => ({ key, application: applicationOf(facts, at) })),
    }),
  },
  { module: 'speechToText', name: 'Frage', settings: () => ({ model: 'phone_call', language: 'de-DE' }) },
  {
    module: 'switchNode',
    name: 'Weiche',
    settings: (facts, index) => ({
      enableSwitching: true,
      triggers: [
        { trigger: { ...triggerOf(facts, index), invert: true }, application: applicationOf(facts, 7) },
      ],
    }),
  },
  {
    module: 'textToSpeech',
    name: 'Willkommen',
    settings: () => ({ ...voice, gender: 'female', text: 'Willkommen – schön, dass Sie anrufen!' }),
  },
  { module: 'transfer', name: 'Transfert', settings: () => ({ number: '+33140000000', timeout: 30 }) },
  {
    module: 'realtime',
    name: 'Realtime',
    settings: (facts, index) => ({
      flowEndApplication: applicationOf(facts, 0),
      prompts: [{ ...prompt, id: idOf(facts.seed, 'prompts', 0) }],
      textToSpeech: { ...voice, gender: 'female' },
      routes: [{ trigger: triggerOf(facts, index), application: applicationOf(facts, 3), priority: 0 }],
      endpointUrl: 'wss://voice.example.com/bridge',
      metadata: [{ key: 'équipe', value: 'β' }],
    }),
  },
  { module: 'orbit', name: 'Orbit (β)', settings: () => ({ ring: { inner: [1, [2, { three: null }]] } }) },
]

/** How many applications a world has: one of each kind, and two of some. */
export const APPLICATIONS = modules.length + 5

/** Application `index`. Some have no friendly name. */
export function applicationAt(facts: Facts, index: number): Row {
  const draw = draws(facts.seed, 'application', index)
  const { module, name, settings } = modules[index % modules.length] ?? modules[0] ?? notOne
  const created = daysAgo(facts, between(draw, 100, 900))
  const suffix = index < modules.length ? '' : ` ${Math.floor(index / modules.length) + 1}`
  return {
    id: idOf(facts.seed, 'applications', index),
    name: `${name}${suffix}`,
    ...(chance(draw, 0.6) ? { friendlyName: `${name} (Hotline)` } : {}),
    enabled: chance(draw, 0.9),
    module,
    settings: settings(facts, index),
    routings: routingsTo(index).map(routing => ({
      id: idOf(facts.seed, 'routings', routing),
      number: numberAt(facts, routing),
    })),
    tags: ['ivr', 'überarbeiten'].filter(() => chance(draw, 0.3)),
    dateCreated: isoTime(created),
    lastUpdated: isoTime(created + between(draw, 0, 90) * DAY_MS),
  }
}

const notOne: Module = { module: 'promptPlayer', name: 'Prompt', settings: () => ({}) }

function queueSettings(facts: Facts, index: number): Row {
  const queue = facts.lines[index % Math.max(1, facts.lines.length)]?.id ?? idOf(facts.seed, 'queues', 0)
  return { queue: { id: queue }, trigger: triggerOf(facts, index), ringTime: 20, record: true }
}

function triggerOf(facts: Facts, index: number): Row {
  return { id: idOf(facts.seed, 'triggers', index % 12) }
}

function applicationOf(facts: Facts, index: number): Row {
  return { id: idOf(facts.seed, 'applications', index) }
}
