// The widgets that the forms need beside Decap's own.
import { remember, remembered } from "./names.js";

export function add(CMS, services, texts) {
  const { h } = window;
  const [relation, select, string, object] = ["relation", "select", "string", "object"].map(CMS.getWidget);

  // "reference": stores mara-lindqvist, not mara-lindqvist/profile (decaporg/decap-cms#4092), and keeps what it does not know.
  class ReferenceControl extends relation.control {
    constructor(props) {
      super(props);
      const parse = this.parseHitOptions;
      this.parseHitOptions = (hits) => this.withUnknown(parse(hits.map((hit) => ({ ...hit, slug: shortName(hit.slug) }))));
    }

    withUnknown(options) {
      for (const { value, label } of options) remember(this.props.field.get("collection"), value, label || value);
      const { value } = this.props;
      const values = value?.toJS ? value.toJS() : [value ?? ""].flat();
      const missing = values.filter((one) => one && !options.some((option) => option.value === one));
      return [...options, ...missing.map((one) => unknown(this.props.field.get("collection"), one))];
    }

    triggerInitialOnChange() {} // the built-in one marks an entry as changed on opening
  }
  CMS.registerWidget({ name: "reference", controlComponent: ReferenceControl, previewComponent: relation.preview, schema: relation.schema });

  // "choice": a select that keeps a value which is none of its options.
  class ChoiceControl extends select.control {
    render() {
      const { field, value } = this.props;
      const values = value?.toJS ? value.toJS() : [value ?? ""].flat();
      const options = field.get("options");
      const missing = values.filter((one) => one && !options.some((option) => option.get("value") === one));
      if (!missing.length) return super.render();
      const all = missing.reduce((found, one) => found.push(options.first().set("value", one).set("label", one)), options);
      return super.render.call(Object.create(this, { props: { value: { ...this.props, field: field.set("options", all) } } }));
    }
  }
  CMS.registerWidget({ name: "choice", controlComponent: ChoiceControl, previewComponent: select.preview, schema: select.schema });

  // "folder": the short name is chosen once; a rename is left to git, since the local back end commits it half.
  class FolderControl extends string.control {
    render() {
      const element = super.render();
      return this.props.entry?.get("newRecord") ? element : h("div", { inert: true, style: { opacity: 0.6 } }, element);
    }
  }
  CMS.registerWidget({ name: "folder", controlComponent: FolderControl, previewComponent: string.preview });

  // "lines": a list of texts, one on each line; of a few numbers, divided by commas.
  const LinesControl = window.createClass({
    getInitialState() {
      return { text: this.written(this.props.value) };
    },
    written(value) {
      return (value?.toJS?.() ?? []).join(this.props.field.get("numbers") ? ", " : "\n");
    },
    change({ target }) {
      this.setState({ text: target.value });
      const { field, onChange } = this.props;
      const entries = target.value.split(field.get("numbers") ? /[\s,;]+/ : "\n").map((entry) => entry.trim()).filter(Boolean);
      onChange(field.get("none").concat(field.get("numbers") ? entries.map(Number).filter(Number.isInteger) : entries));
    },
    leave() {
      this.setState({ text: this.written(this.props.value) });
      this.props.setInactiveStyle();
    },
    render() {
      const { forID, classNameWrapper, setActiveStyle, field } = this.props;
      const { text } = this.state;
      const rows = field.get("numbers") ? 1 : Math.max(2, text.split("\n").length + 1);
      return h(field.get("numbers") ? "input" : "textarea", {
        id: forID, className: `${classNameWrapper} lines`, rows, value: text,
        onChange: this.change, onFocus: setActiveStyle, onBlur: this.leave,
      });
    },
  });
  CMS.registerWidget({ name: "lines", controlComponent: LinesControl, previewComponent: select.preview });

  // Decap writes "2 in den medien" above a list, all in small letters.
  class ListControl extends CMS.getWidget("list").control {
    render() {
      const { field } = this.props;
      const counted = field.set("label", kept(texts.entries)).set("label_singular", kept(texts.entry));
      return super.render.call(Object.create(this, { props: { value: { ...this.props, field: counted } } }));
    }
  }
  CMS.getWidget("list").control = ListControl; // registered once more it would be told as a mistake

  // Decap asks for a picture once, when it is not there yet, and goes on showing nothing.
  const picture = CMS.getWidget("image").control;
  const ImageControl = window.createClass({
    getInitialState() {
      return { shown: "", ask: this.props.getAsset };
    },
    componentDidMount() {
      this.timer = setInterval(this.look, 400);
    },
    componentWillUnmount() {
      clearInterval(this.timer);
    },
    shouldComponentUpdate() {
      return true; // asked by Decap before it passes on what was chosen
    },
    look() {
      const { value, field, getAsset } = this.props;
      const shown = typeof value === "string" && value ? String(getAsset(value, field)) : "";
      // Another function, so that it is asked again.
      if (shown !== this.state.shown) this.setState({ shown, ask: (...given) => this.props.getAsset(...given) });
    },
    render() {
      return h(picture, { ...this.props, getAsset: this.state.ask });
    },
  });
  CMS.getWidget("image").control = ImageControl;

  // "links": of the many services, the usual ones and those in use.
  class LinksControl extends object.control {
    constructor(props) {
      super(props);
      const all = this.renderFields;
      this.renderFields = (fields) => all(fields.filter((field, number) => number < USUAL || this.props.value?.get?.(field.get("name"))));
    }
  }
  CMS.registerWidget({ name: "links", controlComponent: LinksControl, previewComponent: object.preview, schema: object.schema });

  // Decap forgets the order of more than eight keys; the table's is always the same.
  CMS.registerEventListener({
    name: "preSave",
    handler: ({ entry }) => {
      const links = entry.getIn(["data", "links"]);
      return links?.size > 8 ? entry.get("data").set("links", links.sortBy((_, name) => services.indexOf(name))) : undefined;
    },
  });
}

const USUAL = 14;

// A text that stays as it is written.
const kept = (text) => Object.assign(new String(text), { toLowerCase: () => text });

// Its name may be known a moment later, so it is looked up whenever it is shown.
const unknown = (collection, slug) => ({
  value: slug,
  data: {},
  get label() {
    return remembered(collection, slug) ?? slug;
  },
});

// "mara-lindqvist/profile" and "2026/boiler" are places; the short names are mara-lindqvist and boiler.
const shortName = (slug) => slug.replace(/\/profile$/, "").replace(/^.*\//, "");
