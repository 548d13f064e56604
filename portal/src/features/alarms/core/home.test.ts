import fc from 'fast-check'
import { expect, test } from 'vitest'
import { homeOf } from './home.ts'

const ids = (count: { minLength: number; maxLength: number }) => fc.uniqueArray(fc.uuid(), count)
const portals = ids({ minLength: 1, maxLength: 8 })
const machines = ids({ minLength: 1, maxLength: 50 })

test('every machine has one home among the portals there are, whoever asks and in whatever order he knows them', () => {
  fc.assert(
    fc.property(machines, portals, fc.infiniteStream(fc.nat()), (devices, living, order) => {
      const shuffled = living.map(id => [id, order.next().value!] as const).sort((a, b) => a[1] - b[1])
      for (const device of devices) {
        const home = homeOf(device, living)
        expect(living).toContain(home)
        expect(
          homeOf(
            device,
            shuffled.map(([id]) => id),
          ),
        ).toBe(home)
      }
    }),
  )
  expect(homeOf(crypto.randomUUID(), [])).toBeNull()
})

test('when a portal comes, machines move to it alone; when it goes, only its own do', () => {
  fc.assert(
    fc.property(machines, portals, fc.uuid(), (devices, living, one) => {
      fc.pre(!living.includes(one))
      for (const device of devices) {
        const [without, together] = [homeOf(device, living), homeOf(device, [...living, one])]
        if (together !== one) expect(together).toBe(without)
      }
    }),
  )
})

test('each portal has about its share, of ids too that follow one another', () => {
  fc.assert(
    fc.property(ids({ minLength: 2, maxLength: 6 }), fc.nat(0xffff), (living, from) => {
      const count = 3000
      const shares = new Map<string | null, number>()
      for (let n = 0; n < count; n++) {
        const home = homeOf(`0199a000-0000-7000-8000-${(from + n).toString(16).padStart(12, '0')}`, living)
        shares.set(home, (shares.get(home) ?? 0) + 1)
      }
      for (const portal of living) expect(Math.abs((shares.get(portal) ?? 0) * living.length - count)).toBeLessThan(count * 0.3)
    }),
    { numRuns: 30 },
  )
})
