import { between, type Draw, pick } from './random.ts'

const given = [
  'Anna',
  'Björn',
  'Chloé',
  'Dmitri',
  'Esra',
  'Françoise',
  'Giulia',
  'Hüseyin',
  'Ines',
  'Jürgen',
  'Katarzyna',
  'Łukasz',
  'María José',
  'Nikolaos',
  'Øyvind',
  'Priya',
  'Quentin',
  'Réka',
  'Siobhán',
  'Tomáš',
  'Ulla',
  'Véronique',
  'Wei',
  'Xenia',
  'Yūki',
  'Zoë',
  'Ольга',
  'محمد',
  '美咲',
] as const

const family = [
  'Ångström',
  'Becker',
  'Çelik',
  'D’Angelo',
  'Estévez',
  'Fischer',
  'García-López',
  'Horváth',
  'Ivanova',
  'Jensen',
  'Kowalski',
  'Lefèvre',
  'Müller',
  'Nguyễn',
  'O’Brien',
  'Papadopoulos',
  'Quist',
  'Rossi',
  'Schröder',
  'Šimůnek',
  'Tanaka',
  'Ünal',
  'Vos',
  'Weiß',
  'Yılmaz',
  'Żak',
] as const

const queueNames = [
  'Support',
  'Sales',
  'Billing',
  'Réclamations',
  'Technik Ebene 2',
  'VIP',
  'Kündigung',
  'Onboarding',
  'Returns',
  'Dispatch',
  'Ελληνική γραμμή',
  'Night line',
] as const

/** A person's full name, often with letters beyond ASCII. */
export function personName(draw: Draw): string {
  return `${pick(draw, given)} ${pick(draw, family)}`
}

/** The name of queue `index`; numbered once the plain names are used up. */
export function queueName(index: number): string {
  const round = Math.floor(index / queueNames.length)
  const name = queueNames[index % queueNames.length] ?? 'Queue'
  return round === 0 ? name : `${name} ${round + 1}`
}

/** A login for a name: unaccented, and unique through `index`. */
export function emailOf(name: string, index: number): string {
  const plain = name.normalize('NFD').replace(/[^A-Za-z ]/g, '')
  const slug = plain.trim().toLowerCase().replace(/ +/g, '.')
  return `${slug === '' ? 'agent' : slug}.${index + 1}@example.com`
}

/** A telephone number in E.164 form, from one of the countries that the centre serves. */
export function phoneNumber(draw: Draw): string {
  return `+${pick(draw, ['49', '49', '49', '43', '41', '33', '44'] as const)}${between(draw, 200_000_000, 999_999_999)}`
}
