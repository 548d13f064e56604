export { OutcomeFigures } from './outcome-figures.tsx'
