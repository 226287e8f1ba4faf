import { render } from 'preact'
import type { Opening } from '../wire.ts'
import { App, Closed } from './app.tsx'
import { connect } from './ask.ts'

const root = document.getElementById('app')

async function start(): Promise<void> {
  if (root === null) return
  try {
    const ask = await connect()
    const opening = await ask<Opening>('open')
    render(<App ask={ask} opening={opening} />, root)
  } catch (error) {
    render(<Closed why={error instanceof Error ? error.message : String(error)} />, root)
  }
}

void start()
