import { isList, isObject, type Json, type JsonObject } from '../../json.ts'

/** One field of the config. */
export interface Setting {
  /** Its path, e.g. credentials.auth_type. */
  readonly name: string
  readonly title: string
  readonly description: string
  readonly type: string
  readonly required: boolean
  readonly secret: boolean
  readonly default: Json
}

/** The fields of a config with this schema, those of its objects included. Fields that several variants share are listed once. */
export function settingsOf(schema: unknown): readonly Setting[] {
  const settings = isObject(schema) ? fieldsIn(schema, '') : []
  return settings.filter(({ name }, at) => settings.findIndex(one => one.name === name) === at)
}

function fieldsIn(schema: JsonObject, path: string): readonly Setting[] {
  const variants = isList(schema['oneOf']) ? schema['oneOf'].filter(isObject) : [schema]
  return variants.flatMap(({ properties }) =>
    Object.entries(isObject(properties) ? properties : {}).flatMap(([key, field]) =>
      isObject(field)
        ? settingIn(
            field,
            `${path}${key}`,
            variants.every(one => needs(one, key)),
          )
        : [],
    ),
  )
}

/** Whether an object with this schema needs the field. */
function needs({ required }: JsonObject, field: string): boolean {
  return isList(required) && required.includes(field)
}

function settingIn(field: JsonObject, name: string, required: boolean): readonly Setting[] {
  const text = (key: string) => String(field[key] ?? '')
  const setting = {
    name,
    title: text('title'),
    description: text('description'),
    type: text('type'),
    required,
    secret: field['airbyte_secret'] === true,
    default: field['default'] ?? null,
  }
  return [setting, ...fieldsIn(field, `${name}.`)]
}
