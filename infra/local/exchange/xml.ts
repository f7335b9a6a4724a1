// XML text to a plain tree: element names, attributes, children and text in order. Nothing of TwiML.
// Must never accept what is not well-formed, nor a document type: Twilio refuses both.
import { DOMParser, type Element as DomElement, Node as DomNode } from '@xmldom/xmldom';

export interface XmlElement {
  name: string;
  attributes: ReadonlyMap<string, string>;
  children: readonly XmlElement[];
  /** All text directly inside, trimmed. */
  text: string;
}

export class XmlError extends Error {}

export function parseXml(source: string): XmlElement {
  if (source.includes('<!DOCTYPE')) throw new XmlError('a document type is not allowed');
  try {
    const document = new DOMParser({
      onError: (level, message) => {
        throw new XmlError(`${level}: ${message}`);
      },
    }).parseFromString(source, 'text/xml');
    const root = document.documentElement;
    if (!root) throw new XmlError('no root element');
    return plain(root);
  } catch (error) {
    throw new XmlError(error instanceof Error ? error.message : String(error));
  }
}

function plain(element: DomElement): XmlElement {
  const attributes = new Map<string, string>();
  for (const attribute of element.attributes) attributes.set(attribute.name, attribute.value);
  const children: XmlElement[] = [];
  let text = '';
  for (const node of element.childNodes) {
    if (isElement(node)) children.push(plain(node));
    else if (node.nodeType === DomNode.TEXT_NODE || node.nodeType === DomNode.CDATA_SECTION_NODE) {
      text += node.nodeValue ?? '';
    }
  }
  return { name: element.tagName, attributes, children, text: text.trim() };
}

function isElement(node: DomNode): node is DomElement {
  return node.nodeType === DomNode.ELEMENT_NODE;
}
