window.flourish.connect(element, trigger, watch);
