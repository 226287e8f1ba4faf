/** An input document that does not follow the protocol. The message says where, what was expected and what to do. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
}
