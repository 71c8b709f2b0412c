import { ConfigurationError, requireKnownOptions } from '@wechatpay-entrust/auth'
import { describeOption, isPlainObject, type Remedy } from '@wechatpay-entrust/base'
import type { SpecInput } from '@wechatpay-entrust/core'
import { findSpecFault, specsOf } from '@wechatpay-entrust/core/spec'
import type { ReceiveOptions } from './receive-options.ts'

/** Undefined if the value is right, else what was expected. */
export type Check = (value: unknown) => string | undefined

export const isFunction: Check = (value) => (typeof value === 'function' ? undefined : 'a function')
export const isText: Check = (value) =>
  typeof value === 'string' && value !== '' ? undefined : 'text'
const isBoolean: Check = (value) => (typeof value === 'boolean' ? undefined : 'true or false')
const isPositive: Check = (value) =>
  Number.isSafeInteger(value) && Number(value) > 0 ? undefined : 'a whole number above 0'
const isPlatformKeys: Check = (value) =>
  isPlainObject(value) && isFunction(value.find) === undefined && Array.isArray(value.serials)
    ? undefined
    : 'the result of createPlatformKeys'
/** Checked elsewhere, with an error of its own. */
const elsewhere: Check = () => undefined

const areEventTypes: Check = (value) =>
  isPlainObject(value) &&
  Object.values(value).every((types) => types === undefined || areTexts(types))
    ? undefined
    : 'an object with signed or terminated, each an array of texts'
const areTexts = (value: unknown) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

/**
 * Every option of a merchant with its check. A record, so that the compiler reports a missing name.
 */
export const tenantChecks = {
  apiV3Key: elsewhere,
  mchid: elsewhere,
  eventTypes: areEventTypes,
  spec: elsewhere,
  platformKeys: isPlatformKeys,
  expect: isFunction,
}

/** What all receivers have in common. */
export const commonChecks = {
  clock: isFunction,
  maxBytes: isPositive,
  budgetMs: elsewhere,
  onEvent: isFunction,
  debug: isBoolean,
}

const receiveChecks: { readonly [Name in keyof Required<ReceiveOptions>]: Check } = {
  ...tenantChecks,
  ...commonChecks,
}

/** @throws {ConfigurationError} `malformed-option`, `unknown-option` */
export function requireReceiveOptions(options: unknown): void {
  requireOptions(options, receiveChecks, ['platformKeys'])
}

/**
 * For opening alone. The other options of a receiver are allowed, so that one object serves both.
 *
 * @throws {ConfigurationError} `malformed-option`, `unknown-option`
 */
export function requireOpenOptions(options: unknown): void {
  requireOptions(options, receiveChecks)
}

/**
 * Rejects names that do not exist, and values that are wrong. Without this check a mistyped
 * `expect` would accept every notification, and a `maxBytes` that is no number would be no limit.
 * `slot` is the name of the object, if it is no list of options.
 *
 * @throws {ConfigurationError} `malformed-option`, `unknown-option`
 */
export function requireOptions(
  options: unknown,
  checks: { readonly [name: string]: Check },
  required: readonly string[] = [],
  slot = 'options',
): void {
  requireKnownOptions(options, checks, slot)
  const given = options as Readonly<Record<string, unknown>>
  const place = (name: string) => (slot === 'options' ? name : `${slot}.${name}`)
  requireSpec(given.spec, place('spec'))
  for (const [name, check] of Object.entries(checks)) {
    const value = given[name]
    if (value === undefined && !required.includes(name)) continue
    const expected = check(value)
    if (expected === undefined) continue
    throw malformedOption(
      place(name),
      describeOption(value),
      expected,
      required.includes(name) ? setIt : leaveOut,
    )
  }
  requireWebhooks(given.eventTypes, given.spec as SpecInput | undefined, place('eventTypes'))
}

/** Specs without fault: each notification checks its options again. */
const sound = new WeakSet<object>()

function requireSpec(spec: unknown, slot: string): void {
  if (spec === undefined || sound.has(spec as object)) return
  const fault = findSpecFault(spec, slot)
  if (fault !== undefined) throw new ConfigurationError(fault.code, fault)
  sound.add(spec as object)
}

/** A name that is neither a kind nor a webhook of the spec would be ignored. */
function requireWebhooks(eventTypes: unknown, spec: SpecInput | undefined, slot: string): void {
  if (!isPlainObject(eventTypes)) return
  const webhooks = specsOf(spec).flatMap(({ webhooks }) => Object.keys(webhooks))
  const names = ['signed', 'terminated', ...webhooks]
  requireKnownOptions(eventTypes, Object.fromEntries(names.map((name) => [name, true])), slot)
}

const setIt: Remedy = { en: 'Set it.', zh: '请设置该配置项。' }
const leaveOut: Remedy = {
  en: 'Correct it, or leave it out if it is not needed.',
  zh: '请更正；如果不需要，请删除该配置项。',
}

export function malformedOption(
  slot: string,
  found: string,
  expected: string,
  remedy: Remedy = leaveOut,
): ConfigurationError {
  return new ConfigurationError('malformed-option', { slot, found, expected, remedy })
}
