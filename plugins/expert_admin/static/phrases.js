// Where Decap's own words are clumsy, or speak of what there is not here.
const better = {
  de: {
    auth: { login: "Anmelden", loggingIn: "Anmeldung läuft …", loginWithGitHub: "Mit GitHub anmelden", loginWithGitLab: "Mit GitLab anmelden", loginWithForgejo: "Mit Forgejo anmelden" },
    app: { header: { content: "Inhalte", workflow: "In Arbeit", quickAdd: "Neu" } },
    collection: {
      sidebar: { collections: "Inhalte", allCollections: "Alle Inhalte", searchAll: "Alles durchsuchen" },
      collectionTop: { newButton: "+ %{collectionLabel}" },
    },
    editor: {
      editorControlPane: { widget: { regexPattern: "%{fieldLabel}: %{pattern}" } },
      editorToolbar: {
        backCollection: "Zur Liste: %{collectionLabel}",
        deleteUnpublishedEntry: "Entwurf löschen", deletePublishedEntry: "Eintrag löschen", deleteEntry: "Eintrag löschen",
        saving: "Wird gespeichert …", publishing: "Wird veröffentlicht …", deleting: "Wird gelöscht …", updating: "Wird geändert …",
        inReview: "In Prüfung", ready: "Bereit", deployPreviewPendingButtonLabel: "Nach einer Vorschau sehen",
        deployPreviewButtonLabel: "Vorschau ansehen", deployButtonLabel: "Seite ansehen",
      },
      editorWidgets: {
        datetime: { now: "Heute", clear: "Leeren" },
        image: { choose: "Bild wählen", chooseDifferent: "Anderes Bild wählen", remove: "Bild entfernen" },
        list: { add: "Hinzufügen" },
      },
    },
    ui: { toast: { missingRequiredField: "Noch nicht gespeichert: Bitte die rot markierten Felder ansehen.", entrySaved: "Gespeichert" } },
    workflow: {
      workflow: { loading: "Einträge in Arbeit werden geladen", workflowHeading: "In Arbeit", newPost: "Neuer Eintrag" },
      workflowList: { readyHeader: "Bereit" },
    },
  },
  en: {
    app: { header: { content: "Content", workflow: "In progress", quickAdd: "New" } },
    collection: { collectionTop: { newButton: "+ %{collectionLabel}" } },
    editor: {
      editorControlPane: { widget: { regexPattern: "%{fieldLabel}: %{pattern}" } },
      editorToolbar: { backCollection: "Back to the list: %{collectionLabel}" },
      editorWidgets: { datetime: { now: "Today" }, list: { add: "Add" } },
    },
    ui: { toast: { missingRequiredField: "Not saved yet: please look at the fields in red." } },
    workflow: { workflow: { workflowHeading: "In progress" } },
  },
};

export function phrases(own, lang) {
  return merged(lang === "de" ? entries(own) : (own ?? {}), better[lang] ?? {});
}

// A profile is no "Beitrag"; "Eintrag" is bent in the same way.
function entries(own) {
  return JSON.parse(JSON.stringify(own).replaceAll("Beitr", "Eintr"));
}

function merged(one, other) {
  const found = { ...one };
  for (const [key, value] of Object.entries(other)) {
    found[key] = typeof value === "object" ? merged(one[key] ?? {}, value) : value;
  }
  return found;
}
