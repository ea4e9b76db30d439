export interface FormPart {
  name: string;
  fileName: string | undefined;
  type: string | undefined;
  bytes: Buffer;
}

/**
 * The parts of a multipart/form-data body; none if the boundary is missing. Our own parser, because the official SDK sends binary
 * parts without a filename, which `Response.formData()` decodes as text and so destroys.
 */
export function multipart(body: Buffer, contentType: string): FormPart[] {
  const boundary = /boundary=(?:"([^"]+)"|([^;]+))/i.exec(contentType);
  if (!boundary) return [];
  const mark = Buffer.from(`--${boundary[1] ?? boundary[2]}`);
  const parts: FormPart[] = [];
  for (let start = body.indexOf(mark); start >= 0; ) {
    const next = body.indexOf(mark, start + mark.length);
    if (next < 0) break;
    const part = body.subarray(start + mark.length + 2, next - 2);
    const headEnd = part.indexOf('\r\n\r\n');
    if (headEnd >= 0) {
      const head = part.subarray(0, headEnd).toString('utf8');
      const name = /[; ]name="([^"]*)"/i.exec(head)?.[1];
      const fileName = /filename="([^"]*)"/i.exec(head)?.[1];
      const type = /content-type:\s*([^\r\n]+)/i.exec(head)?.[1];
      if (name !== undefined) parts.push({ name, fileName, type, bytes: part.subarray(headEnd + 4) });
    }
    start = next;
  }
  return parts;
}
