// Pictures from files, brought to the size they are shown in when they are
// first asked for. At most a few are decoded per frame, so that a page of new
// tiles never holds up a tap; until then, and for a picture that is missing or
// broken, there is none and the caller shows initials. UI thread only.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>

#include "pos/ui/renderer.h"

namespace pos::ui {

// Which corners are rounded off.
enum class Corners : std::uint8_t { none, all, top };

class Pictures {
 public:
  // Keeps at most `capacity_bytes` of pixels beyond what the frame shows.
  explicit Pictures(std::size_t capacity_bytes = std::size_t{6} << 20);

  // The picture filling width x height pixels (cut, not squeezed), or null.
  const Texture* find(const std::string& path, int width, int height, Corners corners, int radius);

  void begin_frame();
  // True if a picture was put off: draw another frame soon.
  bool is_waiting() const { return waiting_; }

 private:
  struct Entry {
    std::string key;
    std::unique_ptr<Texture> texture;  // null: missing or broken
    std::uint64_t used_in = 0;
  };

  void trim();

  std::size_t capacity_, bytes_ = 0;
  std::uint64_t frame_ = 0;
  int budget_ = 0;
  bool waiting_ = false;
  std::list<Entry> entries_;  // the latest used first
  std::unordered_map<std::string, std::list<Entry>::iterator> index_;
};

// PNG or JPEG in memory or a file, as 0xAARRGGBB; null if it cannot be read.
std::unique_ptr<Texture> load_picture(const std::string& path);
// Scaled to fill width x height, averaging what falls together.
std::unique_ptr<Texture> cover(const Texture& source, int width, int height);

}  // namespace pos::ui
