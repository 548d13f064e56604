import { data, redirect } from 'react-router'
import { type Api, createApi, type Language, ProblemError, pathIn, type Send } from '#platform/core'

/**
 * The API as loaders use it: who must sign in first is led there and back, any other problem becomes the page's own status and
 * goes to the nearest error boundary with its texts.
 */
export function serverApi(send: Send, language: Language, path: string): Api {
  const api = createApi(send)
  const orPage = async <T>(call: Promise<T>): Promise<T> => {
    try {
      return await call
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      if (error.problem.status === 401) throw redirect(`${pathIn(language, '/sign-in')}?next=${encodeURIComponent(path)}`)
      throw data(error.problem, { status: error.problem.status })
    }
  }
  return {
    call: (endpoint, input) => orPage(api.call(endpoint, input)),
    callWithEtag: (endpoint, input) => orPage(api.callWithEtag(endpoint, input)),
    fetchFile: (endpoint, input, signal) => orPage(api.fetchFile(endpoint, input, signal)),
  }
}
