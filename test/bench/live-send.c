/*
 * live-send: puts the frames of a pcap file on a network device, at a steady rate.
 *
 *   cc -O2 -o live-send live-send.c
 *   ./live-send DEVICE FILE FRAMES_PER_SECOND SECONDS
 *
 * The file is sent again and again until the time is over. Each round moves the IP addresses by the number of the
 * round, one end up, the other down, which keeps all checksums right: so the flows of each round are new. Frames go
 * out in batches, past the queue of the device. A rate of 0 is as fast as it goes. Prints one line at the end:
 *
 *   sent FRAMES tcp FRAMES bytes BYTES refused FRAMES seconds SECONDS
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 32, LONGEST = 65536, FILE_HEADER = 24, RECORD_HEADER = 16 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void sleep_for(double seconds) {
  struct timespec t = {.tv_sec = (time_t)seconds, .tv_nsec = (long)((seconds - (time_t)seconds) * 1e9)};
  nanosleep(&t, NULL);
}

/* In ones' complement, as checksums are: what is added here and taken away there leaves the sum. */
static void move_word(uint8_t *at, uint32_t by) {
  uint32_t word = ((at[0] << 8 | at[1]) + by) % 65535;
  at[0] = word >> 8;
  at[1] = word;
}

static void move_addresses(uint8_t *source, uint8_t *target, int length, uint32_t round) {
  uint32_t up = round % 65535, down = 65535 - up;
  int is_first = memcmp(source, target, length) < 0;
  move_word(source, is_first ? up : down);
  move_word(target, is_first ? down : up);
}

/* @returns whether it is TCP */
static int renew(uint8_t *frame, uint32_t length, uint32_t round) {
  if (length < 54) return 0;
  uint32_t type = frame[12] << 8 | frame[13];
  if (type == 0x0800) {
    if (round > 0) move_addresses(frame + 26, frame + 30, 4, round);
    return frame[23] == 6;
  }
  if (type != 0x86dd) return 0;
  if (round > 0) move_addresses(frame + 22, frame + 38, 16, round);
  return frame[20] == 6;
}

static void *map_file(const char *path, size_t *size) {
  int file = open(path, O_RDONLY);
  struct stat stat;
  if (file < 0 || fstat(file, &stat) != 0) { perror(path); exit(3); }
  *size = stat.st_size;
  void *bytes = mmap(NULL, *size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
  if (bytes == MAP_FAILED) { perror(path); exit(3); }
  const uint32_t *header = bytes;
  if (*size < FILE_HEADER || (header[0] != 0xa1b2c3d4 && header[0] != 0xa1b23c4d) || header[5] != 1) {
    fprintf(stderr, "%s: no pcap file of Ethernet frames in this machine's byte order\n", path);
    exit(3);
  }
  return bytes;
}

static int open_device(const char *name) {
  struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_ifindex = if_nametoindex(name)};
  int device = socket(AF_PACKET, SOCK_RAW, 0), yes = 1;
  if (device < 0 || address.sll_ifindex == 0 || bind(device, (void *)&address, sizeof address) != 0) {
    perror(name);
    exit(4);
  }
  setsockopt(device, SOL_PACKET, PACKET_QDISC_BYPASS, &yes, sizeof yes);
  return device;
}

int main(int count, char **words) {
  if (count != 5) { fputs("usage: live-send DEVICE FILE FRAMES_PER_SECOND SECONDS\n", stderr); return 2; }
  size_t size;
  const uint8_t *file = map_file(words[2], &size);
  int device = open_device(words[1]);
  double rate = atof(words[3]), seconds = atof(words[4]);
  static uint8_t frames[BATCH][LONGEST];
  struct mmsghdr messages[BATCH];
  struct iovec parts[BATCH];
  memset(messages, 0, sizeof messages);
  uint64_t sent = 0, tcp = 0, bytes = 0, refused = 0;
  uint32_t round = 0;
  size_t at = FILE_HEADER;
  double began = now(), over = began + seconds, time = began;
  while (time < over) {
    int n = 0, is_tcp[BATCH];
    while (n < BATCH) {
      uint32_t record[4];
      if (at + RECORD_HEADER <= size) memcpy(record, file + at, sizeof record);
      if (at + RECORD_HEADER > size || at + RECORD_HEADER + record[2] > size) {
        if (at == FILE_HEADER) return 3;
        at = FILE_HEADER;
        round++;
        continue;
      }
      const uint8_t *frame = file + at + RECORD_HEADER;
      at += RECORD_HEADER + record[2];
      if (record[2] < 14 || record[2] > LONGEST) continue;
      memcpy(frames[n], frame, record[2]);
      is_tcp[n] = renew(frames[n], record[2], round);
      parts[n] = (struct iovec){.iov_base = frames[n], .iov_len = record[2]};
      messages[n].msg_hdr.msg_iov = &parts[n];
      messages[n].msg_hdr.msg_iovlen = 1;
      n++;
    }
    for (int first = 0; first < n;) {
      int taken = sendmmsg(device, messages + first, n - first, 0);
      if (taken < 0) {
        if (errno != ENOBUFS && errno != EAGAIN && errno != EMSGSIZE && errno != ENETDOWN) { perror("send"); return 1; }
        if (errno == EMSGSIZE || errno == ENETDOWN) { refused++; first++; }
        continue;
      }
      for (int i = first; i < first + taken; i++) {
        sent++;
        tcp += is_tcp[i];
        bytes += parts[i].iov_len;
      }
      first += taken;
    }
    time = now();
    if (rate > 0) {
      double early = began + sent / rate - time;
      if (early > 100e-6) { sleep_for(early); time = now(); }
    }
  }
  printf("sent %lu tcp %lu bytes %lu refused %lu seconds %.3f\n", sent, tcp, bytes, refused, now() - began);
}
