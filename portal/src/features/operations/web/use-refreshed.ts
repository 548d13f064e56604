import { useEffect, useRef, useState } from 'react'

const everyMs = 10_000

/**
 * What `read` answers, asked again every ten seconds while somebody looks, and at once by `refresh`. A reading that fails keeps the
 * one before and says so. first: what the page came with; another one begins anew
 */
export function useRefreshed<T>(first: T, read: () => Promise<T>): { value: T; lost: boolean; refresh(): Promise<void> } {
  const [state, setState] = useState({ of: first, value: first, lost: false })
  const { value, lost } = state.of === first ? state : { value: first, lost: false }
  const refresh = async () => {
    try {
      setState({ of: first, value: await read(), lost: false })
    } catch {
      setState({ of: first, value, lost: true })
    }
  }
  const latest = useRef(refresh)
  useEffect(() => {
    latest.current = refresh
  })
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void latest.current()
    }, everyMs)
    return () => clearInterval(timer)
  }, [])
  return { value, lost, refresh }
}
