import { stripTypeScriptTypes } from 'node:module'
import { type AnyNode, type Literal, parse } from 'acorn'

/** One small change to a source file. */
export interface Mutation {
  /** 1-based. */
  readonly line: number
  /** What stands there, and what stands there instead. */
  readonly from: string
  readonly to: string
  /** The whole file with the change, without its types: Node runs it as it is. */
  readonly text: string
}

interface Change {
  readonly start: number
  readonly end: number
  readonly to: string
}

/** What an operator becomes. */
const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '&': ['|'],
  '|': ['&'],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
}

const ASSIGNMENTS: Readonly<Record<string, string>> = { '+=': '-=', '-=': '+=', '??=': '=' }

/** Every mutation of a TypeScript source: operators, conditions, constants, and statements that are left out. Sentences
 *  (texts with a space), types, imports and keys are left as they are. */
export function mutationsOf(source: string): Mutation[] {
  const plain = stripTypeScriptTypes(source)
  const changes: Change[] = []
  const program = parse(plain, { ecmaVersion: 'latest', sourceType: 'module' })
  visit(program, node => changes.push(...changesOf(node, plain)))
  return changes.map(({ start, end, to }) => ({
    line: plain.slice(0, start).split('\n').length,
    from: plain.slice(start, end),
    to,
    text: plain.slice(0, start) + to + plain.slice(end),
  }))
}

function visit(node: AnyNode, see: (node: AnyNode) => void): void {
  if (node.type === 'ImportDeclaration' || (node.type === 'ExportNamedDeclaration' && node.source)) return
  see(node)
  for (const [key, value] of Object.entries(node)) {
    if (key === 'key' && 'computed' in node && !node.computed) continue
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, see)
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

function changesOf(node: AnyNode, text: string): Change[] {
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
      return (OPERATORS[node.operator] ?? []).map(to => ({
        ...placeOf(node.operator, node.left.end, text),
        to,
      }))
    case 'AssignmentExpression': {
      const to = ASSIGNMENTS[node.operator]
      return to === undefined ? [] : [{ ...placeOf(node.operator, node.left.end, text), to }]
    }
    case 'UnaryExpression':
      return node.operator === '!' ? [{ start: node.start, end: node.start + 1, to: '' }] : []
    case 'IfStatement':
    case 'ConditionalExpression':
      return [negated(node.test, text)]
    case 'WhileStatement':
      return [{ start: node.test.start, end: node.test.end, to: 'false' }]
    case 'Literal':
      return literal(node)
    case 'ExpressionStatement':
      return isDirective(node) || node.expression.type === 'AssignmentExpression'
        ? []
        : [{ start: node.start, end: node.end, to: ';' }]
    default:
      return []
  }
}

function isDirective(node: object): boolean {
  return 'directive' in node
}

function placeOf(operator: string, after: number, text: string): { start: number; end: number } {
  const start = text.indexOf(operator, after)
  return { start, end: start + operator.length }
}

function negated({ start, end }: AnyNode, text: string): Change {
  return { start, end, to: `!(${text.slice(start, end)})` }
}

function literal({ start, end, value }: Literal): Change[] {
  if (typeof value === 'number') return [{ start, end, to: String(value + 1) }]
  if (typeof value === 'boolean') return [{ start, end, to: String(!value) }]
  if (typeof value !== 'string' || value.includes(' ')) return []
  return [{ start, end, to: value === '' ? "'mutated'" : "''" }]
}
