import { Outlet } from 'react-router'
import { providePageTexts } from './provide-page-texts.ts'

// Words of accounts, offers and privacy are of no use where products are looked at and configured.
if (!import.meta.env.SSR) await providePageTexts('account')

/** Pages of an account and on the way to one, and what is shown to somebody by name. */
export default Outlet
