#include "pos/ui/chime.h"

#include <SDL.h>
#include <spdlog/spdlog.h>

#include <cmath>
#include <numbers>

namespace pos::ui {

namespace {

constexpr int rate = 22'050;
constexpr double loudness = 9'000;  // of 32,767

struct Tune {
  double first_tone, second_tone;  // Hz
  double first_seconds, all_seconds;
};
constexpr Tune arrival{659.26, 987.77, 0.12, 0.55};  // E5, B5
constexpr Tune refusal{311.13, 233.08, 0.09, 0.3};   // E flat 4, B flat 3

}  // namespace

std::vector<std::int16_t> chime_samples(Sound sound, int samples_per_second) {
  const Tune& tune = sound == Sound::arrival ? arrival : refusal;
  const auto count = static_cast<std::size_t>(tune.all_seconds * samples_per_second);
  std::vector<std::int16_t> samples(count);
  double phase = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double at = static_cast<double>(i) / samples_per_second;
    const double tone = at < tune.first_seconds ? tune.first_tone : tune.second_tone;
    phase += 2 * std::numbers::pi * tone / samples_per_second;
    const double rise = std::min(1.0, at / 0.008);
    const double fall = 1 - at / tune.all_seconds;
    samples[i] = static_cast<std::int16_t>(loudness * rise * fall * fall * std::sin(phase));
  }
  return samples;
}

Chime::~Chime() {
  if (device_ != 0) SDL_CloseAudioDevice(device_);
}

void Chime::ring(Sound sound) {
  if (device_ == 0) {
    SDL_AudioSpec wanted{};
    wanted.freq = rate;
    wanted.format = AUDIO_S16SYS;
    wanted.channels = 1;
    wanted.samples = 1024;
    if (SDL_InitSubSystem(SDL_INIT_AUDIO) == 0)
      device_ = SDL_OpenAudioDevice(nullptr, 0, &wanted, nullptr, 0);
    if (device_ == 0) {
      spdlog::info("no sound: {}", SDL_GetError());
      return;
    }
  }
  const std::vector<std::int16_t> samples = chime_samples(sound, rate);
  SDL_QueueAudio(device_, samples.data(), static_cast<Uint32>(samples.size() * sizeof samples[0]));
  SDL_PauseAudioDevice(device_, 0);
}

void Chime::rest() {
  if (device_ == 0 || SDL_GetQueuedAudioSize(device_) > 0) return;
  SDL_CloseAudioDevice(device_);
  device_ = 0;
}

}  // namespace pos::ui
