export {
  exportFigures,
  type Figures,
  type FiguresBefore,
  fits,
  getBefore,
  getFigures,
  getMail,
  nothingBefore,
  type PageFact,
  saveBefore,
  saveMail,
  sendMailNow,
  tellFact,
  type Worth,
} from './api.ts'
export { isCrawler } from './crawler.ts'
export { addDays, type Day, dayIn, daysIn, isDay, mondayOf, type Span } from './days.ts'
export { durationWords } from './duration.ts'
export type {} from './events.ts'
export { medianOf, roundedSeconds } from './median.ts'
export { inDays, type Period, type PeriodKind, type PeriodWish, periodKinds, periodOf, weeksTo } from './periods.ts'
export { direct, other, sourceName, sourceOf } from './source.ts'
export {
  average,
  type Counts,
  countsOf,
  productSteps,
  productStepsBefore,
  rate,
  type Step,
  type StepBefore,
  sourceSteps,
  steps,
  stepsBefore,
  type ValuedStep,
  valuedSteps,
} from './steps.ts'
export { texts } from './texts.ts'
