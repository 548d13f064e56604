import type { ReactNode } from 'react'
import {
  isRouteErrorResponse,
  Links,
  type LoaderFunctionArgs,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from 'react-router'
import { CountVisitScript } from '#features/figures/web'
import { offeredLanguages, pathIn } from '#platform/core'
import {
  ActionLink,
  ColourSchemeScript,
  Container,
  DemoLine,
  demoContext,
  ErrorState,
  problemOf,
  stillPage,
  useLanguage,
  useNonce,
  useTexts,
  VisitStartScript,
} from '#platform/web'
import { preloadedFaces } from '../../platform/web/tokens/faces.ts'
import '../../platform/web/tokens/look.css'

export const loader = ({ context }: LoaderFunctionArgs) => ({ demo: context.get(demoContext) })

/** A portal does not become a demo while somebody looks at it. */
export const shouldRevalidate = () => false

export function Layout({ children }: { children: ReactNode }) {
  const given = useNonce()
  const nonce = import.meta.env.SSR ? given : '' // a browser hides it from the markup, which hydration compares
  const language = useLanguage()
  const demo = useRouteLoaderData<typeof loader>('root')?.demo ?? false
  const still = useMatches().some(({ handle }) => handle === stillPage)
  return (
    <html
      lang={language}
      data-demo={demo || undefined}
      data-one-language={offeredLanguages().length === 1 || undefined}
      suppressHydrationWarning
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <ColourSchemeScript nonce={nonce} />
        <VisitStartScript nonce={nonce} />
        <CountVisitScript nonce={nonce} />
        {preloadedFaces(language).map(face => (
          <link rel="preload" as="font" type="font/woff2" crossOrigin="anonymous" href={face} key={face} />
        ))}
        <Meta />
        <Links nonce="" />
      </head>
      <body>
        {demo ? <DemoLine /> : null}
        {children}
        {still ? null : (
          <>
            <ScrollRestoration nonce={nonce} />
            <Scripts nonce={nonce} />
          </>
        )}
      </body>
    </html>
  )
}

export default function App() {
  return <Outlet />
}

export function ErrorBoundary() {
  const error = useRouteError()
  const t = useTexts('platform')
  const language = useLanguage()
  const problem = problemOf(error) ?? undefined
  const status = problem?.status ?? (isRouteErrorResponse(error) ? error.status : 500)
  return (
    <Container width="narrow">
      <main id="content">
        <ErrorState
          page
          status={status}
          problem={problem}
          actions={<ActionLink to={pathIn(language, '/')}>{t('layout.home')}</ActionLink>}
        />
      </main>
    </Container>
  )
}
