import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { readMetadata } from '../../scripts/release/versions.ts'
import { fixture } from './fixtures.ts'
import { cardsOf, fieldsOf, formAsText } from './form.ts'

const spec = await fixture('spec.json')
const snapshot = await readFile(new URL('form.txt', import.meta.url), 'utf8')
const cards = cardsOf(fieldsOf(spec.connectionSpecification), spec.connectionSpecification.groups)

describe('Airbyte’s form', () => {
  test('shows at first sight what form.txt shows', () => {
    assert.equal(formAsText(spec), snapshot)
  })

  test('asks first for environment, sign-in and start date, all of them open', () => {
    const open = snapshot.split('\n').filter(line => /^ {2}(Environment|Sign-in|Start Date)\b/.test(line))
    assert.deepEqual(
      open.map(line => line.trim().split(/ \*|:/)[0]),
      ['Environment', 'Sign-in', 'Start Date'],
    )
  })

  test('has a title on every card, and no title without a card', () => {
    assert.deepEqual(
      cards.filter(({ title }) => title === undefined),
      [],
    )
    assert.equal(cards.length, spec.connectionSpecification.groups.length)
  })

  test('never folds two lots of optional fields into one card, where nothing would tell them apart', () => {
    for (const card of snapshot.split('\n\n')) assert.ok(card.split('▸ Optional').length <= 3, card)
    const objects = cards.filter(({ fields }) => fields.some(({ schema }) => schema.properties !== undefined))
    assert.deepEqual(
      objects.filter(({ fields }) => fields.length > 1),
      [],
    )
  })

  test('says in the title of agent synchronization that it changes data', () => {
    assert.match(cards.at(-1)?.title ?? '', /^Agent Synchronization: .*changes data/i)
  })

  test('links to the page that metadata.yaml names', async () => {
    assert.equal(spec.documentationUrl, (await readMetadata())['documentationUrl'])
  })
})

const field = (order: number, more: object = {}) => ({ type: 'string', order, group: 'g', ...more })
const choice = { type: 'object', group: 'g', order: 2, oneOf: [variant('One'), variant('Two')] }

function variant(title: string): object {
  return { title, required: ['type'], properties: { type: { const: title }, [`of ${title}`]: field(1) } }
}

const RULES = [
  {
    says: 'required fields are open, and optional ones folded below them',
    properties: { a: field(0), b: field(1) },
    required: ['b'],
    text: 'G\n  b *\n  ▸ Optional fields: a\n',
  },
  {
    says: 'an optional field with always_show is open in its place',
    properties: { a: field(0, { always_show: true }), b: field(1), c: field(2) },
    required: ['b'],
    text: 'G\n  a\n  b *\n  ▸ Optional fields: c\n',
  },
  {
    says: 'order decides, not where a field is written',
    properties: { a: field(2, { always_show: true }), b: field(1, { always_show: true, default: 7 }) },
    text: 'G\n  b: 7\n  a\n',
  },
  {
    says: 'a card of nothing but optional fields is folded under its title',
    properties: { a: field(0), b: field(1) },
    text: '▸ G: a, b\n',
  },
  {
    says: 'a choice is open even if it is optional, with its first kind',
    properties: { a: choice },
    text: 'G\n  a: One, or Two\n    ▸ Optional fields: of One\n',
  },
  {
    says: 'an object shows its fields, not its title',
    properties: { a: { type: 'object', title: 'A', group: 'g', properties: { b: field(0) } } },
    text: 'G\n  ▸ Optional fields: b\n',
  },
  {
    says: 'fields without a group come last, without a title',
    properties: { a: field(0, { group: undefined, always_show: true }), b: field(1) },
    text: '▸ G: b\n\n(no title)\n  a\n',
  },
  {
    says: 'what is hidden is nowhere',
    properties: { a: field(0, { airbyte_hidden: true }), b: field(1) },
    text: '▸ G: b\n',
  },
]

describe('the text of a form', () => {
  for (const { says, text, ...schema } of RULES) {
    test(says, () => {
      const connectionSpecification = { groups: [{ id: 'g', title: 'G' }], ...schema }
      assert.equal(formAsText({ connectionSpecification }), text)
    })
  }
})
