import { useEffect, useRef, useState } from 'react'
import { Money } from '#platform/web'

const duration = 150

/** Counts to its new amount, so that the eye sees which way it went; at once where motion is unwanted. */
export function CountingMoney({ amount, currency }: { amount: number; currency: string }) {
  const [shown, setShown] = useState(amount)
  const from = useRef(amount)
  useEffect(() => {
    const start = performance.now()
    const first = from.current
    from.current = amount
    if (first === amount || matchMedia('(prefers-reduced-motion: reduce)').matches) {
      setShown(amount)
      return
    }
    let frame = 0
    const tick = () => {
      const part = Math.min(1, (performance.now() - start) / duration)
      setShown(part === 1 ? amount : Math.round((first + (amount - first) * part) / 100) * 100)
      if (part < 1) frame = requestAnimationFrame(tick)
    }
    frame = requestAnimationFrame(tick)
    return () => {
      cancelAnimationFrame(frame)
      setShown(amount)
    }
  }, [amount])
  return <Money amount={shown} currency={currency} />
}
