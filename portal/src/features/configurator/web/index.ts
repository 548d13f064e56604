export { SheetView } from './sheet-view.tsx'
