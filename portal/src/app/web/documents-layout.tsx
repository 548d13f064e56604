import { Outlet } from 'react-router'
import { providePageTexts } from './provide-page-texts.ts'

// Words about documents are of no use on other public pages, which are lighter without.
if (!import.meta.env.SSR) await providePageTexts('documents')

/** Public pages that show documents. */
export default Outlet
