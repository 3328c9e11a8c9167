/* fonts/fonts.yaml and fallback.yaml → the configuration that the text room takes. */
#include "cli/fonts_config.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "spec/spec_read.h"
#include "yaml/yaml_tree.h"

enum { CONFIG_MAX_BYTES = 1024 * 1024 };

struct config {
    struct text_font_config shown; /* first */
    struct arena *arena;
    const char *folder;
};

const char *fonts_config_folder(struct arena *arena, struct diags *diags)
{
    static const char *const beside[] = {"fonts", "../fonts", "../../fonts", "../share/briefing/fonts"};
    const char *named = getenv("BRIEFING_FONTS");
    if (named && *named)
        return str_z(arena, str_from(named));
    char program[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    struct str folder = n > 0 ? file_folder((struct str){program, (size_t)n}) : (struct str){0};
    for (size_t i = 0; folder.n && i < sizeof beside / sizeof *beside; i++) {
        const char *candidate = file_join(arena, folder, str_from(beside[i]));
        if (access(file_join(arena, str_from(candidate), STR("fonts.yaml")), F_OK) == 0)
            return candidate;
    }
    if (access(BRIEFING_DATADIR "/fonts/fonts.yaml", F_OK) == 0)
        return BRIEFING_DATADIR "/fonts";
    struct diag *diag = diag_add(diags, DIAG_FONT_UNAVAILABLE, span_none(),
                                 "the folder of fonts that comes with the program is not there");
    if (folder.n)
        diag_hint(diags, diag, "looked beside " STR_FMT " and in %s", STR_ARG(folder), BRIEFING_DATADIR "/fonts");
    else
        diag_hint(diags, diag, "without /proc the program cannot tell where it is: mount it, or set BRIEFING_FONTS");
    return NULL;
}

static const char *scalar(struct arena *arena, const struct yaml_node *map, const char *key,
                          struct diags *diags)
{
    const struct yaml_node *node = yaml_find(map, key);
    if (node && node->kind == YAML_SCALAR)
        return str_z(arena, node->value);
    diag_add(diags, DIAG_FONT_UNAVAILABLE, node ? node->span : map->span,
             "'%s' should stand here, with one text", key);
    return "";
}

static int weight_of(struct arena *arena, const struct yaml_node *map, struct diags *diags)
{
    const char *text = scalar(arena, map, "weight", diags);
    int weight = 0;
    for (; *text >= '0' && *text <= '9' && weight < 1000; text++)
        weight = weight * 10 + (*text - '0');
    return weight;
}

/* The list under a key of the map; a fault and an empty list when there is none. */
static const struct yaml_node *list(const struct yaml_node *map, const char *key, struct diags *diags)
{
    static const struct yaml_node nothing = {.kind = YAML_LIST};
    const struct yaml_node *node = yaml_find(map, key);
    if (node && node->kind == YAML_LIST)
        return node;
    diag_add(diags, DIAG_FONT_UNAVAILABLE, node ? node->span : map->span, "a list '%s' should stand here",
             key);
    return &nothing;
}

static void read_family(struct arena *arena, const char *folder, const struct yaml_node *node,
                        struct text_font_family *family, struct diags *diags)
{
    family->name = scalar(arena, node, "name", diags);
    family->id = scalar(arena, node, "id", diags);
    if (yaml_find(node, "titles"))
        family->titles = scalar(arena, node, "titles", diags);
    family->serif = strcmp(scalar(arena, node, "kind", diags), "serif") == 0;
    const struct yaml_node *faces = list(node, "faces", diags);
    family->count = faces->count;
    family->files = ARENA_ARRAY(arena, struct text_font_file, faces->count);
    for (size_t i = 0; i < faces->count; i++) {
        const char *file = scalar(arena, faces->items[i], "file", diags);
        family->files[i] = (struct text_font_file){
            .path = file_join(arena, str_from(folder), str_from(file)),
            .weight = weight_of(arena, faces->items[i], diags),
            .italic = strcmp(scalar(arena, faces->items[i], "style", diags), "italic") == 0,
        };
    }
}

static struct str package_folder(const struct yaml_node *packages, const char *name)
{
    for (size_t i = 0; i < packages->count; i++) {
        const struct yaml_node *its_name = yaml_find(packages->items[i], "name");
        const struct yaml_node *folder = yaml_find(packages->items[i], "folder");
        if (its_name && folder && str_is(its_name->value, name))
            return folder->value;
    }
    return (struct str){0};
}

static void read_fallback(struct arena *arena, const struct yaml_node *packages, const struct yaml_node *node,
                          struct text_fallback *fallback, struct diags *diags)
{
    const char *script = scalar(arena, node, "script", diags);
    memcpy(fallback->script, script, strnlen(script, sizeof fallback->script - 1));
    fallback->package = scalar(arena, node, "package", diags);
    struct str folder = package_folder(packages, fallback->package);
    const struct yaml_node *files = list(node, "files", diags);
    fallback->count = files->count;
    fallback->paths = ARENA_ARRAY(arena, const char *, files->count);
    fallback->weights = ARENA_ARRAY(arena, int, files->count);
    for (size_t i = 0; i < files->count; i++) {
        fallback->paths[i] =
            file_join(arena, folder, str_from(scalar(arena, files->items[i], "file", diags)));
        fallback->weights[i] = weight_of(arena, files->items[i], diags);
    }
}

static bool find_family(const struct text_font_config *config, struct str name, size_t *index)
{
    for (size_t i = 0; i < config->family_count; i++)
        if (str_is(name, config->families[i].name) || str_is(name, config->families[i].id)) {
            *index = i;
            return true;
        }
    return false;
}

static void read_defaults(struct arena *arena, const struct yaml_node *root, struct text_font_config *config,
                          struct diags *diags)
{
    static const char *const keys[TEXT_FAMILY_COUNT] = {"body", "heading", "title", "mono"};
    const struct yaml_node *defaults = yaml_find(root, "defaults");
    if (!defaults)
        defaults = root;
    for (int i = 0; i < TEXT_FAMILY_COUNT; i++) {
        const char *name = scalar(arena, defaults, keys[i], diags);
        if (*name && !find_family(config, str_from(name), &config->chosen[i]))
            diag_add(diags, DIAG_FONT_UNAVAILABLE, defaults->span, "no family is named '%s'", name);
    }
}

static const struct yaml_node *read_file(struct arena *arena, const char *folder, struct str name,
                                         struct diags *diags)
{
    const char *path = file_join(arena, str_from(folder), name);
    struct diag_source *source = spec_open(arena, path, CONFIG_MAX_BYTES, diags);
    return source ? yaml_parse(arena, source, diags) : NULL;
}

static struct text_fallbacks read_fallbacks(const struct text_font_config *shown, struct diags *diags)
{
    const struct config *config = (const struct config *)shown;
    struct diags unheard;
    diags_init(&unheard, config->arena);
    if (!diags)
        diags = &unheard;
    size_t errors = diags->errors;
    struct text_fallbacks fallbacks = {0};
    const struct yaml_node *root = read_file(config->arena, config->folder, STR("fallback.yaml"), diags);
    if (!root)
        return fallbacks;
    const struct yaml_node *packages = list(root, "packages", diags), *scripts = list(root, "scripts", diags);
    fallbacks.count = scripts->count;
    fallbacks.items = ARENA_ARRAY(config->arena, struct text_fallback, scripts->count);
    for (size_t i = 0; i < scripts->count; i++)
        read_fallback(config->arena, packages, scripts->items[i], &fallbacks.items[i], diags);
    return diags->errors == errors ? fallbacks : (struct text_fallbacks){0};
}

struct text_font_config *fonts_config_read(struct arena *arena, const char *folder, struct diags *diags)
{
    size_t errors = diags->errors;
    const struct yaml_node *root = read_file(arena, folder, STR("fonts.yaml"), diags);
    if (!root)
        return NULL;
    struct config *own = ARENA_NEW(arena, struct config);
    own->arena = arena;
    own->folder = folder;
    struct text_font_config *config = &own->shown;
    config->use_fontconfig = true;
    config->fallbacks = read_fallbacks;
    const struct yaml_node *families = list(root, "families", diags);
    config->family_count = families->count;
    config->families = ARENA_ARRAY(arena, struct text_font_family, families->count);
    for (size_t i = 0; i < families->count; i++)
        read_family(arena, folder, families->items[i], &config->families[i], diags);
    read_defaults(arena, root, config, diags);
    return diags->errors == errors ? config : NULL;
}

bool fonts_config_choose(struct text_font_config *config, const struct theme *theme, struct diags *diags)
{
    const struct text *named[] = {&theme->body, &theme->heading, &theme->mono};
    static const enum text_family families[] = {TEXT_BODY, TEXT_HEADING, TEXT_MONO};
    size_t errors = diags->errors;
    for (size_t i = 0; i < 3; i++) {
        if (named[i]->s.n == 0 || find_family(config, named[i]->s, &config->chosen[families[i]]))
            continue;
        struct diag *diag = diag_add(diags, DIAG_UNKNOWN_FAMILY, named[i]->at,
                                     "no font family is named '" STR_FMT "'", STR_ARG(named[i]->s));
        diag_hint(diags, diag, "'briefing fonts' lists those that are there");
    }
    if (theme->body.s.n && diags->errors == errors) {
        const char *titles = config->families[config->chosen[TEXT_BODY]].titles;
        if (!titles || !find_family(config, str_from(titles), &config->chosen[TEXT_TITLE]))
            config->chosen[TEXT_TITLE] = config->chosen[TEXT_BODY];
    }
    return diags->errors == errors;
}
