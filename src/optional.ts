/** The type of an object whose keys may be undefined in it, and optional without those. */
export type Defined<T extends object> = Flat<
  { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
    [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
  }
>

/** One object type for an intersection of several. */
type Flat<T> = { [K in keyof T]: T[K] }

/** The object without the keys whose value is undefined. */
export function defined<const T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>
}
