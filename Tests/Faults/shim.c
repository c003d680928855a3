// Makes the n-th system call of a program go wrong, or its clocks. Loaded with LD_PRELOAD; only calls on files below a
// folder count. The environment says what happens:
//
//     FAULT_UNDER   the folder, an absolute path
//     FAULT_LOG     a file that gets a line for every call: its name and its file
//     FAULT_AT      the number of the call that goes wrong, from 1
//     FAULT_DO      fail:ERRNO   it fails
//                   half:ERRNO   half of its bytes are written; the next call of any kind fails
//                   short        half of its bytes are written, which is no failure
//                   kill         the process is killed before it
//                   halfkill     half of its bytes are written, and the process is killed
//     FAULT_ALWAYS  the names of calls that go wrong from then on, not just once: a disk that stays full
//     FAULT_CLOCK   wall:day  wall:back  wall:still  wall:1902  wall:2500  all:day  all:still
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <semaphore.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const char *under, *logged, *act, *always;
static long at;
static int code;
static atomic_long calls;
static atomic_int is_next;

__attribute__((constructor)) static void begin(void) {
    under = getenv("FAULT_UNDER");
    logged = getenv("FAULT_LOG");
    act = getenv("FAULT_DO");
    always = getenv("FAULT_ALWAYS");
    at = getenv("FAULT_AT") ? atol(getenv("FAULT_AT")) : 0;
    const char *colon = act ? strchr(act, ':') : NULL;
    code = colon ? atoi(colon + 1) : 0;
}

// The next function of the name, behind this one.
#define NEXT(type, name) \
    static type (*next)(); \
    if (!next) next = (type (*)())dlsym(RTLD_NEXT, #name)

static int is_under(const char *path) {
    char whole[2 * PATH_MAX];
    if (!under || !path) return 0;
    if (path[0] != '/') {
        if (syscall(SYS_getcwd, whole, PATH_MAX) < 0) return 0;
        strcat(whole, "/");
        strncat(whole, path, PATH_MAX - 1);
        path = whole;
    }
    return !strncmp(path, under, strlen(under));
}

static int is_listed(const char *name) {
    size_t length = strlen(name);
    for (const char *word = always; word && (word = strstr(word, name)); word++)
        if ((word == always || word[-1] == ',') && (word[length] == ',' || !word[length])) return 1;
    return 0;
}

static void die(void) { syscall(SYS_kill, syscall(SYS_getpid), SIGKILL); }

enum fault { NONE, FAIL, HALF, SHORT, HALFKILL };

// Counts a call and decides what becomes of it.
static enum fault count(const char *name, const char *path) {
    if (!is_under(path)) return NONE;
    long number = ++calls;
    if (logged) {
        int file = syscall(SYS_openat, AT_FDCWD, logged, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
        char line[PATH_MAX + 32];
        int length = snprintf(line, sizeof line, "%s %s\n", name, path);
        if (file >= 0) { syscall(SYS_write, file, line, (size_t)length); syscall(SYS_close, file); }
    }
    if (!at || !act) return NONE;
    if (atomic_exchange(&is_next, 0)) return FAIL;
    if (number != at && !(number > at && is_listed(name))) return NONE;
    if (!strcmp(act, "kill")) die();
    if (!strncmp(act, "fail", 4)) return FAIL;
    if (!strcmp(name, "write")) return !strncmp(act, "half:", 5) ? HALF : !strcmp(act, "short") ? SHORT : HALFKILL;
    return NONE;
}

static enum fault count_open(const char *name, int descriptor) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
    if (length < 0) return NONE;
    path[length] = 0;
    return count(name, path);
}

#define FAILS(fault) if ((fault) == FAIL) { errno = code; return -1; }

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        NEXT(int, name); \
        va_list list; \
        va_start(list, flags); \
        mode_t mode = va_arg(list, mode_t); \
        va_end(list); \
        FAILS(count(flags & (O_WRONLY | O_RDWR | O_CREAT) ? "create" : "open", path)) \
        return next(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
    int name(int folder, const char *path, int flags, ...) { \
        NEXT(int, name); \
        va_list list; \
        va_start(list, flags); \
        mode_t mode = va_arg(list, mode_t); \
        va_end(list); \
        FAILS(count(flags & (O_WRONLY | O_RDWR | O_CREAT) ? "create" : "open", path)) \
        return next(folder, path, flags, mode); \
    }
OPENAT(openat)
OPENAT(openat64)

DIR *opendir(const char *path) {
    NEXT(DIR *, opendir);
    if (count("open", path) == FAIL) { errno = code; return NULL; }
    return next(path);
}

#define ON_PATH(name, called, parameters, arguments) \
    int name parameters { \
        NEXT(int, name); \
        FAILS(count(called, path)) \
        return next arguments; \
    }
ON_PATH(mkdir, "mkdir", (const char *path, mode_t mode), (path, mode))
ON_PATH(unlink, "unlink", (const char *path), (path))
ON_PATH(rmdir, "rmdir", (const char *path), (path))
ON_PATH(rename, "rename", (const char *path, const char *to), (path, to))

#define ON_OPEN(name, called, parameters, arguments) \
    int name parameters { \
        NEXT(int, name); \
        FAILS(count_open(called, file)) \
        return next arguments; \
    }
ON_OPEN(fsync, "fsync", (int file), (file))
ON_OPEN(fdatasync, "fsync", (int file), (file))
ON_OPEN(flock, "flock", (int file, int operation), (file, operation))
ON_OPEN(ftruncate, "truncate", (int file, off_t length), (file, length))
ON_OPEN(ftruncate64, "truncate", (int file, off_t length), (file, length))

int close(int file) {
    NEXT(int, close);
    enum fault fault = count_open("close", file);
    int result = next(file);  // closed in any case, as Linux does
    FAILS(fault)
    return result;
}

int posix_fallocate(int file, off_t from, off_t length) {
    NEXT(int, posix_fallocate);
    return count_open("allocate", file) == FAIL ? code : next(file, from, length);
}
int posix_fallocate64(int file, off_t from, off_t length) { return posix_fallocate(file, from, length); }

ssize_t read(int file, void *bytes, size_t length) {
    NEXT(ssize_t, read);
    FAILS(count_open("read", file))
    return next(file, bytes, length);
}

ssize_t write(int file, const void *bytes, size_t length) {
    NEXT(ssize_t, write);
    enum fault fault = count_open("write", file);
    FAILS(fault)
    if (fault == NONE) return next(file, bytes, length);
    ssize_t result = next(file, bytes, (length + 1) / 2);
    if (fault == HALF) is_next = 1;
    if (fault == HALFKILL) die();
    return result;
}

// The clocks. A jump of a day comes at every tenth look, five times.
static int is_real(clockid_t clock) { return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE; }

static void bend(clockid_t clock, struct timespec *time) {
    static const char *kind;
    static atomic_long looks;
    static atomic_long still[16];
    if (!kind) kind = getenv("FAULT_CLOCK") ? getenv("FAULT_CLOCK") : "";
    if (!*kind || (!is_real(clock) && strncmp(kind, "all:", 4))) return;
    if (clock == CLOCK_PROCESS_CPUTIME_ID || clock == CLOCK_THREAD_CPUTIME_ID) return;
    const char *how = strchr(kind, ':') + 1;
    long jumps = (++looks < 50 ? looks / 10 : 5) * 86400;
    if (!strcmp(how, "day")) time->tv_sec += jumps;
    if (!strcmp(how, "back")) time->tv_sec -= jumps;
    if (!strcmp(how, "1902")) time->tv_sec = -2145916800 + time->tv_sec % 86400;
    if (!strcmp(how, "2500")) time->tv_sec = 16725225600 + time->tv_sec % 86400;
    if (!strcmp(how, "still")) {
        long nothing = 0;
        atomic_compare_exchange_strong(&still[clock & 15], &nothing, time->tv_sec);
        time->tv_sec = still[clock & 15];
        time->tv_nsec = 0;
    }
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    long result = syscall(SYS_clock_gettime, clock, time);
    if (result == 0) bend(clock, time);
    return (int)result;
}

// Dispatch waits for an instant by a clock that the system has not bent.
int sem_timedwait(sem_t *semaphore, const struct timespec *until) {
    NEXT(int, sem_timedwait);
    struct timespec real, bent;
    syscall(SYS_clock_gettime, CLOCK_REALTIME, &real);
    bent = real;
    bend(CLOCK_REALTIME, &bent);
    long left = (until->tv_sec - bent.tv_sec) * 1000000000 + until->tv_nsec - bent.tv_nsec + real.tv_nsec;
    if (left > 0) {
        real.tv_sec += left / 1000000000;
        real.tv_nsec = left % 1000000000;
    }
    return next(semaphore, &real);
}

int gettimeofday(struct timeval *time, void *zone) {
    (void)zone;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *result) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (result) *result = now.tv_sec;
    return now.tv_sec;
}
