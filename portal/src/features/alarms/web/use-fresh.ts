import { useEffect } from 'react'
import { useRevalidator } from 'react-router'

/** Reads the page again by itself while it is looked at. */
export function useFresh(everyMs: number): void {
  const { revalidate } = useRevalidator()
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void revalidate()
    }, everyMs)
    return () => clearInterval(timer)
  }, [revalidate, everyMs])
}
