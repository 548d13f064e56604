import { parentPort } from 'node:worker_threads'
// not its door: contracts would have to be read each time the thread starts
import { dailyCourse } from '../core/daily-course.ts'
import { foretell } from '../core/life-model.ts'
import { forecastTrend } from '../core/trend.ts'
import type { Foretelling, ForetellingOrder } from './foretell-apart.ts'

/** The thread in which remaining life is told: one order after the other. */
parentPort!.on('message', (order: ForetellingOrder) => parentPort!.postMessage(told(order)))

function told(order: ForetellingOrder): Foretelling {
  switch (order.by) {
    case 'model':
      return foretell(order.model, order.life, [order.step])[0]!
    case 'trend':
      return forecastTrend(dailyCourse(order.changes, order.until), { value: order.limit, side: 'falling' })
  }
}
