/**
 * What may be kept and logged of an error. A database error carries the row it refused (`detail`, `where`), and some messages quote
 * the value they stumbled over: personal data. The kind, the code and the place say enough.
 */
export function safeError(error: unknown): SafeError {
  if (!(error instanceof Error)) return { name: 'Thrown', message: 'Something was thrown that is not an error.' }
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown }
  const message = safeMessage(error, code)
  const stack = error.stack?.includes(error.message) ? error.stack.replace(error.message, () => message) : error.stack
  return { name: error.name, message, code, constraint, table, stack }
}

export interface SafeError {
  name: string
  message: string
  code?: unknown
  constraint?: unknown
  table?: unknown
  stack?: string | undefined
}

function safeMessage(error: Error, code: unknown): string {
  // class 22, data exception: invalid input syntax for type uuid: "…"
  if (typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code)) return `The database refused a value (${code}).`
  if (error instanceof SyntaxError) return 'A text could not be read.' // the JSON it quotes may be anybody's
  return error.message
}
