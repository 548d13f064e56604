import type { Part } from '../../core/index.ts'

/** Spare parts as they are typed: one a line, number | Chinese name | English name | quantity. */
export const writtenParts = (parts: readonly Part[]): string =>
  parts.map(({ number, name, quantity }) => [number, name['zh-CN'], name.en, quantity].join(' | ')).join('\n')

/** The lines in which something stands. */
export const partLines = (text: string): string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)

/** What a line says; null: it is none */
export function partOf(line: string): Part | null {
  const [number, zh, en, quantity = '1'] = line.split('|').map(cell => cell.trim())
  if (!number || !zh || !en || !(Number.isInteger(Number(quantity)) && Number(quantity) > 0)) return null
  return { number, name: { 'zh-CN': zh, en }, quantity: Number(quantity) }
}
