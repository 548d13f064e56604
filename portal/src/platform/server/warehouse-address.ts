export interface ClickHouseAddress {
  /** origin */
  url: string
  username: string
  password: string
  database: string
}

/** What is wrong with it, as the end of a sentence; null: nothing. */
export function checkClickHouseAddress(value: string): string | null {
  const { pathname, search, hash } = new URL(value)
  if (search || hash) return 'has parameters, and only user, password, host, port and database belong there'
  if (!/^\/([A-Za-z_]\w{0,62})?\/?$/.test(pathname))
    return 'has a path of more than the database, or one that is not letters, digits and _'
  return null
}

export function readClickHouseAddress(value: string): ClickHouseAddress {
  const { origin, username, password, pathname } = new URL(value)
  return {
    url: origin,
    username: decodeURIComponent(username) || 'default',
    password: decodeURIComponent(password),
    database: pathname.replaceAll('/', '') || 'default',
  }
}
