#include "bundled_faces.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

int bundled_faces_open(struct bundled_faces *bundled, const char *suffix)
{
    DIR *dir = opendir(TEST_SRC "/fonts");
    bool ok = dir;
    bundled->count = 0;
    for (const struct dirent *entry; ok && (entry = readdir(dir)) != NULL && bundled->count < FACES_MOST;) {
        bool is_font = strstr(entry->d_name, ".ttf") || strstr(entry->d_name, ".otf");
        if (!is_font || !strstr(entry->d_name, suffix))
            continue;
        const char *why;
        char *path = bundled->paths[bundled->count];
        snprintf(path, sizeof bundled->paths[0], TEST_SRC "/fonts/%s", entry->d_name);
        struct face *face = face_open(path, 0, &why);
        ok = face;
        if (face)
            bundled->faces[bundled->count++] = face;
    }
    if (dir)
        closedir(dir);
    return ok && bundled->count ? 0 : -1;
}

void bundled_faces_close(struct bundled_faces *bundled)
{
    for (size_t i = 0; i < bundled->count; i++)
        face_close(bundled->faces[i]);
    bundled->count = 0;
}
