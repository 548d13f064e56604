import { useState } from 'react'

interface Row<Value> {
  /** stays with the row while others come and go, and what was typed in it too */
  key: number
  /** what it began with; undefined: a new one */
  value: Value | undefined
}

/** Rows of a form that can be added and removed. `then` is done after each change. */
export function useRows<Value>(initial: readonly Value[]) {
  const [rows, setRows] = useState<Row<Value>[]>(() => initial.map((value, key) => ({ key, value })))
  const [next, setNext] = useState(initial.length)
  return {
    rows,
    add(then: () => void) {
      setRows([...rows, { key: next, value: undefined }])
      setNext(next + 1)
      then()
    },
    remove(key: number, then: () => void) {
      setRows(rows.filter(row => row.key !== key))
      then()
    },
  }
}
