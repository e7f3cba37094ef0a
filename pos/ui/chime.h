// What the till says without words: two short tones of our own each, so that no
// file has to be found and no licence asked. The audio device is open only while it sounds.
// UI thread.
#pragma once

#include <cstdint>
#include <vector>

namespace pos::ui {

enum class Sound {
  arrival,  // a new order: upward
  refusal,  // what was scanned was not taken: downward, low and short
};

// Mono, 16 bits, fading out, without a click at either end.
std::vector<std::int16_t> chime_samples(Sound sound, int samples_per_second);

class Chime {
 public:
  Chime() = default;
  ~Chime();
  Chime(const Chime&) = delete;
  Chime& operator=(const Chime&) = delete;

  // Where there is no loudspeaker it stays silent.
  void ring(Sound sound);
  // Closes the device once it has sounded.
  void rest();

 private:
  std::uint32_t device_ = 0;  // of SDL; 0: none is open
};

}  // namespace pos::ui
