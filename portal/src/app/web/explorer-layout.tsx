import { Outlet } from 'react-router'
import { providePageTexts } from './provide-page-texts.ts'

// Words of the explorer are of no use on other public pages, which are lighter without.
if (!import.meta.env.SSR) await providePageTexts('explorer')

/** The page on which models are explored. */
export default Outlet
