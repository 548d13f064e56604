import type { ModelError } from '../api.ts'
import type { Model } from '../model.ts'

/** `notes` say what was imported only in part, or with an assumption. */
export type ImportResult = { ok: true; model: Model; notes: ModelError[] } | { ok: false; errors: ModelError[] }

export interface ImportOptions {
  /** Names the model where the file itself does not. */
  fileName?: string
  /** ISO 4217; without it the one the file names, or CNY */
  currency?: string
  /** How many instances `*` stands for, in formats that have it. */
  instances?: number
}

/** `zh` and `en` are [message, remedy]. */
export function problem(code: string, at: string, value: string, zh: [string, string], en: [string, string]): ModelError {
  return {
    code,
    path: at,
    value: shorten(value, 120),
    message: { 'zh-CN': zh[0], en: en[0] },
    remedy: { 'zh-CN': zh[1], en: en[1] },
  }
}

/** Carries one problem out of a parser; importers catch it at their door. */
export class FormatError extends Error {
  readonly problem: ModelError
  constructor(cause: ModelError) {
    super(cause.message.en)
    this.problem = cause
  }
}

export function fail(code: string, at: string, value: string, zh: [string, string], en: [string, string]): never {
  throw new FormatError(problem(code, at, value, zh, en))
}

/** Runs a reader or writer; what it found wrong comes back as a result, anything else is a defect and passes. */
export function guarded<T>(run: () => T): T | { ok: false; errors: ModelError[] } {
  try {
    return run()
  } catch (error) {
    if (error instanceof FormatError) return { ok: false, errors: [error.problem] }
    throw error
  }
}

export function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}
