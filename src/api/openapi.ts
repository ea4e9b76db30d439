import type { OpenColumn } from '../open-data/column.ts';
import { NAMES, type Parameter, RESOURCES, type Resource } from './resources.ts';

/** Rows per page: the default, and the most. */
export const PAGE = { standard: 200, most: 1_000 };

function schemaOf({ type, format, values, nullable, says }: OpenColumn<never>): object {
  const base = type === 'strings' ? 'array' : type;
  return {
    type: nullable ? [base, 'null'] : base,
    description: says,
    ...(type === 'strings' && { items: { type: 'string' } }),
    ...(format && { format }),
    ...(values && { enum: nullable ? [...values, null] : values }),
  };
}

const rowSchema = (columns: Resource['columns']) => ({
  type: 'object',
  required: columns.map((c) => c.name),
  properties: Object.fromEntries(columns.map((c) => [c.name, schemaOf(c)])),
  additionalProperties: false,
});

const parameter = ({ name, says, required, format, values, standard }: Parameter) => ({
  name,
  in: 'query',
  description: says,
  required: required ?? false,
  schema: {
    type: 'string',
    ...(format && { format }),
    ...(values && { enum: values }),
    ...(standard && { default: standard }),
  },
});

const PAGING = [
  {
    name: 'limit',
    in: 'query',
    description: 'How many rows are read; a filtered page may hold fewer',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: PAGE.most, default: PAGE.standard },
  },
  {
    name: 'after',
    in: 'query',
    description: 'The value `next` of the previous page',
    required: false,
    schema: { type: 'string' },
  },
];
const FORMAT = {
  name: 'format',
  in: 'query',
  description: 'Accept: text/csv also selects csv',
  required: false,
  schema: { type: 'string', enum: ['json', 'csv'], default: 'json' },
};

const refusal = (description: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
});
const header = (description: string) => ({ description, schema: { type: 'string' } });

function operation(name: string, { says, parameters, paged }: Resource) {
  const headers = {
    ETag: header('Identifies this answer; sent back in If-None-Match, an unchanged answer is 304'),
    ...(paged && { Link: header('rel="next" if there is another page') }),
  };
  return {
    get: {
      operationId: name,
      summary: says,
      parameters: [...parameters.map(parameter), ...(paged ? PAGING : []), FORMAT],
      responses: {
        200: {
          description: says,
          headers,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['data', 'next'],
                properties: {
                  data: { type: 'array', items: { $ref: `#/components/schemas/${name}` } },
                  next: { type: ['string', 'null'], description: 'The value for `after`; null on the last page' },
                },
                additionalProperties: false,
              },
            },
            'text/csv': { schema: { type: 'string' } },
          },
        },
        304: { description: 'Unchanged' },
        400: refusal('Invalid request'),
        401: refusal('No token, or one that is not valid (any more)'),
        403: refusal('The token does not give access to this'),
        404: refusal('No such programme'),
        429: refusal('Too many requests; Retry-After says how many seconds to wait'),
      },
    },
  };
}

/** The description of the open data, built from the same definitions as the data. */
export const openapi = () => ({
  openapi: '3.1.0',
  info: {
    title: 'Jiedui open data',
    version: '1',
    description:
      'Read only. The operator creates tokens (jiedui token create); each opens the lists that its scopes name, and expires. ' +
      `Names of staff and their own words are null without the scope ${NAMES}; no scope includes pupils’ names.`,
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/' }],
  security: [{ token: [] }],
  paths: Object.fromEntries(
    Object.entries(RESOURCES).map(([name, resource]) => [`/api/v1/${name}`, operation(name, resource)]),
  ),
  components: {
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    schemas: {
      ...Object.fromEntries(Object.entries(RESOURCES).map(([name, { columns }]) => [name, rowSchema(columns)])),
      Refusal: {
        type: 'object',
        required: ['error'],
        properties: {
          error: {
            type: 'object',
            required: ['code', 'message'],
            properties: { code: { type: 'string' }, message: { type: 'string' } },
            additionalProperties: false,
          },
        },
        additionalProperties: false,
      },
    },
  },
});
