import type { Printed } from '../harness/program.ts'

/** A field as the form sees it: its schema, and whether its object requires it. */
interface Field {
  readonly key: string
  readonly schema: Printed
  readonly required: boolean
}

/** What is closed until somebody opens it. */
const CLOSED = '▸'
const OPTIONAL = 'Optional fields'

/** What Airbyte's form for a new source shows at first sight, as text: its cards in their order with their titles, the fields
 *  that are open, and on lines with ▸ what is folded away. A star marks what must be filled in.
 *  Source: Airbyte's connector specification reference, and airbyte-webapp's useGroupsAndSections, schemaToFormBlock,
 *  FormSection and useBuildForm. An object shows no title of its own there; only its card does. */
export function formAsText({ connectionSpecification }: Printed): string {
  const fields = fieldsOf(connectionSpecification)
  const cards = cardsOf(fields, connectionSpecification.groups ?? []).map(cardLines)
  const editors = fields.filter(({ schema }) => isListOfObjects(schema)).map(editorLines)
  return `${[...cards, ...editors].map(lines => lines.join('\n')).join('\n\n')}\n`
}

/** What one card holds; without a title, the form shows none. */
export interface Card {
  readonly title: string | undefined
  readonly fields: readonly Field[]
}

/** The form's cards: fields by their group, in the order of the groups, and last those without one. */
export function cardsOf(fields: readonly Field[], groups: readonly Printed[]): Card[] {
  const named = groups.map(({ id, title }) => ({
    title,
    fields: fields.filter(({ schema }) => schema.group === id),
  }))
  const ids = new Set(groups.map(({ id }) => id))
  const rest = { title: undefined, fields: fields.filter(({ schema }) => !ids.has(schema.group)) }
  return [...named, rest].filter(card => card.fields.length > 0)
}

/** The fields of an object that the form shows. */
export function fieldsOf({ properties = {}, required = [] }: Printed): Field[] {
  return Object.entries<Printed>(properties)
    .filter(([, schema]) => schema.airbyte_hidden !== true)
    .map(([key, schema]) => ({ key, schema, required: required.includes(key) }))
}

/** A card that holds nothing but optional fields is folded as a whole, under its own title. */
function cardLines({ title, fields }: Card): string[] {
  const { open, folded } = sectionsOf(fields)
  if (open.length === 0) return [folding(title ?? OPTIONAL, folded)]
  return [title ?? '(no title)', ...indented(sectionLines(fields))]
}

/** How a new entry of a list of objects is edited: in a window of its own. */
function editorLines({ schema }: Field): string[] {
  return [`${schema.title}, a new entry:`, ...indented(sectionLines(fieldsOf(schema.items), true))]
}

function sectionLines(fields: readonly Field[], isEntry = false): string[] {
  const { open, folded } = sectionsOf(fields)
  return [
    ...open.flatMap(field => fieldLines(field, isEntry)),
    ...(folded.length === 0 ? [] : [folding(OPTIONAL, folded)]),
  ]
}

/** Open are required fields, those that ask for it, choices and objects; the others are folded below them. */
function sectionsOf(fields: readonly Field[]) {
  const sorted = fields
    .filter(({ schema }) => schema.const === undefined)
    .toSorted((one, other) => (one.schema.order ?? Infinity) - (other.schema.order ?? Infinity))
  const isOpen = ({ schema, required }: Field) =>
    required || schema.always_show === true || schema.oneOf !== undefined || isObject(schema)
  return { open: sorted.filter(isOpen), folded: sorted.filter(field => !isOpen(field)) }
}

/** The first kind of a choice is chosen in a new form, but none in a new entry of a list. */
function fieldLines(field: Field, isEntry: boolean): string[] {
  const { schema } = field
  if (schema.oneOf !== undefined) return choiceLines(field, isEntry)
  if (isObject(schema)) return sectionLines(fieldsOf(schema))
  const value = schema.default === undefined ? '' : `: ${schema.default}`
  return [`${titleOf(field)}${value}`]
}

function choiceLines(field: Field, isEntry: boolean): string[] {
  const [first, ...others] = field.schema.oneOf
  const options = `or ${others.map(({ title }: Printed) => title).join(', ')}`
  if (isEntry) return [`${titleOf(field)}: nothing chosen; ${first.title}, ${options}`]
  return [`${titleOf(field)}: ${first.title}, ${options}`, ...indented(sectionLines(fieldsOf(first)))]
}

function titleOf({ key, schema, required }: Field): string {
  return `${schema.title ?? key}${required ? ' *' : ''}`
}

function folding(label: string, fields: readonly Field[]): string {
  return `${CLOSED} ${label}: ${fields.map(titleOf).join(', ')}`
}

function isObject({ type, oneOf }: Printed): boolean {
  return type === 'object' && oneOf === undefined
}

function isListOfObjects({ type, items }: Printed): boolean {
  return type === 'array' && items?.type === 'object'
}

function indented(lines: readonly string[]): string[] {
  return lines.map(line => `  ${line}`)
}
