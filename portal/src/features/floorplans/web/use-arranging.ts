import { useCallback, useEffect, useRef, useState } from 'react'
import { type Problem, ProblemError } from '#platform/core'
import { api } from '#platform/web'
import { type Place, placeMachine, type ShownPlan, takeMachineOff } from '../core/index.ts'

/** null: on no plan */
type Where = Place | null

interface Step {
  deviceId: string
  before: Where
}

/** ms in which presses of keys become one step that is saved */
const gathered = 450

export interface Arranging {
  places: ReadonlyMap<string, Place>
  /** keys: one of several presses that make one step */
  put(deviceId: string, where: Where, keys?: boolean): void
  /** takes the last step back; null: there is none */
  undo: (() => void) | null
  /** steps wait to be saved, or are being saved */
  unsaved: boolean
  /** why the last step was not saved */
  problem: Problem | null
  /** it was not saved since a colleague was faster: the plan was read anew */
  overtaken: boolean
  /** tries again to save what was not */
  again(): void
}

/**
 * Where machines stand while somebody arranges them. What he does is seen at once and saved step by step, one after the other, each naming the
 * revision before it. readAgain: reads the plan anew
 */
export function useArranging(shown: ShownPlan, readAgain: () => Promise<void>): Arranging {
  const [places, setPlaces] = useState(() => placesOn(shown))
  const [steps, setSteps] = useState<readonly Step[]>([])
  const [unsaved, setUnsaved] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [overtaken, setOvertaken] = useState(false)
  const present = useRef(places)
  const revision = useRef(shown.plan.revision)
  const waiting = useRef(new Map<string, Where>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const sending = useRef(false)
  const planId = shown.plan.id

  const show = useCallback((next: ReadonlyMap<string, Place>) => {
    present.current = next
    setPlaces(next)
  }, [])

  useEffect(() => {
    if (waiting.current.size > 0 || sending.current) return
    revision.current = shown.plan.revision
    show(placesOn(shown))
  }, [shown, show])

  const save = useCallback(async () => {
    if (sending.current) return
    sending.current = true
    setProblem(null)
    try {
      for (let next = firstOf(waiting.current); next; next = firstOf(waiting.current)) {
        const [deviceId, where] = next
        const to = { params: { planId, deviceId }, ifMatch: String(revision.current) }
        const { revision: now } = where
          ? await api.call(placeMachine, { ...to, body: where })
          : await api.call(takeMachineOff, to)
        revision.current = now
        // he may have moved it on meanwhile
        if (waiting.current.get(deviceId) === where) waiting.current.delete(deviceId)
      }
      setUnsaved(false)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      setProblem(error.problem)
      if (error.problem.status !== 412 && error.problem.status !== 404) return
      setOvertaken(error.problem.status === 412)
      waiting.current.clear()
      setSteps([])
      setUnsaved(false)
    } finally {
      sending.current = false
    }
    if (waiting.current.size === 0) await readAgain()
  }, [planId, readAgain])

  // whoever leaves at once has his last step saved all the same
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      if (waiting.current.size > 0) void save()
    },
    [save],
  )

  const write = useCallback(
    (deviceId: string, where: Where, delay: number) => {
      const next = new Map(present.current)
      if (where) next.set(deviceId, where)
      else next.delete(deviceId)
      show(next)
      waiting.current.set(deviceId, where)
      setUnsaved(true)
      setOvertaken(false)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void save(), delay)
    },
    [save, show],
  )

  return {
    ...{ places, unsaved, problem, overtaken },
    put(deviceId, where, keys = false) {
      const before = present.current.get(deviceId) ?? null
      const goesOn = keys && waiting.current.has(deviceId) && !sending.current && steps.at(-1)?.deviceId === deviceId
      if (!goesOn) setSteps([...steps, { deviceId, before }])
      write(deviceId, where, keys ? gathered : 0)
    },
    undo:
      steps.length === 0
        ? null
        : () => {
            const { deviceId, before } = steps.at(-1)!
            setSteps(steps.slice(0, -1))
            write(deviceId, before, 0)
          },
    again: () => void save(),
  }
}

const placesOn = ({ placed }: ShownPlan): ReadonlyMap<string, Place> => new Map(placed.map(({ id, x, y }) => [id, { x, y }]))

const firstOf = (waiting: ReadonlyMap<string, Where>): [string, Where] | undefined => waiting.entries().next().value
