export { BilingualField } from './bilingual-field.tsx'
