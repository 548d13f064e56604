export { PageFrame } from './page-frame.tsx'
export { pageHead } from './page-head.ts'
export { type PageData, readSurroundings } from './read-surroundings.ts'
