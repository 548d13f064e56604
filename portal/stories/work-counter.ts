import { writeFileSync } from 'node:fs'
import type { Page } from './portal-fixture.ts'

/** What somebody has done up to a point. */
export interface Work {
  until: string
  /** pressed with the mouse */
  clicks: number
  /** typed into, chosen from, given a file: on the page and in a spreadsheet */
  fields: number
  /** characters typed into them */
  keys: number
  /** as the story took, which waits for the portal and for nobody's thoughts */
  seconds: number
}

/** Counts what is pressed and typed on a page, over all addresses it goes through. */
export async function countWork(page: Page) {
  const done = { clicks: 0, fields: 0, keys: 0 }
  let since = performance.now()
  let worked = 0
  const noted: Work[] = []
  const filled = (characters: number) => {
    done.fields += 1
    done.keys += characters
  }
  await page.exposeFunction('fettleClicked', () => {
    done.clicks += 1
  })
  await page.exposeFunction('fettleFilled', filled)
  await page.addInitScript(() => {
    const { fettleClicked, fettleFilled } = window as unknown as { fettleClicked(): void; fettleFilled(characters: number): void }
    // A click on a label makes one on its field, which nobody pressed.
    addEventListener('click', event => event.isTrusted && event.detail > 0 && fettleClicked(), true)
    addEventListener(
      'change',
      ({ target }) => {
        const { type, value } = target as HTMLInputElement
        if (type !== 'checkbox' && type !== 'radio') fettleFilled(type === 'file' ? 0 : value.length)
      },
      true,
    )
  })
  return {
    /** from here on anew */
    begin: () => {
      Object.assign(done, { clicks: 0, fields: 0, keys: 0 })
      worked = 0
      since = performance.now()
    },
    /** somebody else has worked meanwhile */
    resume: () => {
      since = performance.now()
    },
    /** cells typed in a spreadsheet, where no page counts */
    type: (cells: readonly unknown[]) => {
      for (const cell of cells) filled(String(cell).length)
    },
    note: (until: string) => {
      worked += performance.now() - since
      since = performance.now()
      noted.push({ until, ...done, seconds: Math.round(worked / 100) / 10 })
    },
    /** To the benchmark that asked for it. */
    report: () => {
      const file = process.env.FETTLE_WORK_FILE
      if (file) writeFileSync(file, JSON.stringify(noted))
    },
  }
}
