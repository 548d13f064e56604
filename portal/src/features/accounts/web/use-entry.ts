import { type FormEvent, useEffect, useState } from 'react'
import type { Problem } from '#platform/core'
import { type FieldMessages, useProblem } from '#platform/web'

/** What was typed, by field name. */
export interface Typed {
  /** without the spaces around it */
  text(name: string): string
  /** the password as it was typed */
  password: string
  /** another one, such as the present password, as it was typed */
  raw(name: string): string
  /** ticked boxes of one name */
  all(name: string): string[]
}

interface Entry {
  /** under each field what to do about it */
  errors: FieldMessages
  /** what failed as a whole */
  problem: Problem | null
  busy: boolean
  onSubmit(event: FormEvent<HTMLFormElement>): void
}

/**
 * A form's submit: looks at what was typed, calls the API, and brings the first wrong field into focus. What was typed stays.
 * check: messages by field name; an empty object lets the call through
 */
export function useEntry(check: (typed: Typed) => FieldMessages, send: (typed: Typed) => Promise<void>): Entry {
  const { problem, fields, attempt, clear } = useProblem()
  const [wrong, setWrong] = useState<FieldMessages>({})
  const [busy, setBusy] = useState(false)
  const [answered, setAnswered] = useState<{ form: HTMLFormElement } | null>(null)
  // once the answer's errors stand under their fields
  useEffect(() => answered?.form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), [answered])
  async function submit(form: HTMLFormElement) {
    const data = new FormData(form)
    const typed: Typed = {
      text: name => String(data.get(name) ?? '').trim(),
      password: String(data.get('password') ?? ''),
      raw: name => String(data.get(name) ?? ''),
      all: name => data.getAll(name).map(String),
    }
    const found = check(typed)
    setWrong(found)
    clear()
    if (Object.keys(found).length === 0) {
      setBusy(true)
      await attempt(() => send(typed)).finally(() => setBusy(false))
    }
    setAnswered({ form })
  }
  return {
    errors: { ...fields, ...wrong },
    problem: problem && !problem.errors?.length ? problem : null,
    busy,
    onSubmit(event) {
      event.preventDefault()
      if (!busy) void submit(event.currentTarget)
    },
  }
}
