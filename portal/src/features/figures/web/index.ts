export { CountVisitScript } from './count-visit.tsx'
export { useConfiguratorFacts } from './use-configurator-facts.ts'
